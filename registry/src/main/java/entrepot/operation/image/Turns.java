package entrepot.operation.image;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Lets only some do at a time what many may ask for, in the order of asking.
final class Turns {

    private final Semaphore free;

    Turns(int atOnce) {
        this.free = new Semaphore(atOnce, true);
    }

    <T> T take(Supplier<T> work) {
        free.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
