package entrepot.job;

import java.util.concurrent.atomic.LongAdder;

/// What this node has deleted, since it was started.
///
/// @param freedBlobs how many
/// @param freedBytes of them, as far as their sizes were known
/// @param failed deletions that failed
public record GarbageCounts(LongAdder freedBlobs, LongAdder freedBytes, LongAdder failed) {

    public GarbageCounts() {
        this(new LongAdder(), new LongAdder(), new LongAdder());
    }

    /// Counts what another one counted, too.
    void add(GarbageCounts other) {
        freedBlobs.add(other.freedBlobs.sum());
        freedBytes.add(other.freedBytes.sum());
        failed.add(other.failed.sum());
    }
}
