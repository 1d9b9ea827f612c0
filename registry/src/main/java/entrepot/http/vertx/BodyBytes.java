package entrepot.http.vertx;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What all bodies of a server that are on their way to a reader hold together, in bytes, and whose readers wait.
final class BodyBytes {

    private final long limit;
    private final AtomicLong held = new AtomicLong();
    private final Set<BodyPipe> waiting = ConcurrentHashMap.newKeySet();

    BodyBytes(long limit) {
        this.limit = limit;
    }

    void add(long bytes) {
        held.addAndGet(bytes);
    }

    void waits(BodyPipe pipe) {
        waiting.add(pipe);
    }

    void waitsNoMore(BodyPipe pipe) {
        waiting.remove(pipe);
    }

    /// Ends the waits that last too long: one look now and then in place of a timer for each wait.
    void look() {
        waiting.forEach(BodyPipe::look);
    }

    /// Whether no connection should read on that holds anything.
    boolean areMany() {
        return held.get() > limit;
    }
}
