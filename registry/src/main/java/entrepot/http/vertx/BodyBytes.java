package entrepot.http.vertx;

import java.util.concurrent.atomic.AtomicLong;

/// What all bodies of a server that are on their way to a reader hold together, in bytes.
final class BodyBytes {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    BodyBytes(long limit) {
        this.limit = limit;
    }

    void add(long bytes) {
        held.addAndGet(bytes);
    }

    /// Whether no connection should read on that holds anything.
    boolean areMany() {
        return held.get() > limit;
    }
}
