package entrepot.transfer;

import java.util.concurrent.atomic.AtomicLong;

/// What came of an import so far.
public final class Tally {

    private final AtomicLong repositories = new AtomicLong();
    private final AtomicLong manifests = new AtomicLong();
    private final AtomicLong there = new AtomicLong();
    private final AtomicLong blobs = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    void repository() {
        repositories.incrementAndGet();
    }

    void manifest() {
        manifests.incrementAndGet();
    }

    /// A manifest was there before.
    void there() {
        there.incrementAndGet();
    }

    void blob(long length) {
        blobs.incrementAndGet();
        bytes.addAndGet(length);
    }

    void failure() {
        failed.incrementAndGet();
    }

    public long failed() {
        return failed.get();
    }

    /// In one line.
    @Override
    public String toString() {
        return "imported %d images into %d repositories, %d blobs (%d bytes); %d images were there; %d failed"
                .formatted(manifests.get(), repositories.get(), blobs.get(), bytes.get(), there.get(), failed.get());
    }
}
