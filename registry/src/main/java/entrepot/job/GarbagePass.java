package entrepot.job;

import entrepot.domain.GarbageRules;
import entrepot.store.BlobStore;
import entrepot.store.Garbage.Amount;
import entrepot.store.Garbage.Discarded;
import entrepot.store.Garbage.Totals;
import entrepot.store.Leases.Lease;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A pass of collection that somebody asks for, or asks about. It runs beside what the server collects by itself, and
/// not beside another that was asked for.
///
/// @param counts is told of what is deleted
public record GarbagePass(
        MetadataStore metadata, BlobStore blobs, InstantSource clock, GarbageRules rules, GarbageCounts counts) {

    /// Of the lease under which one runs at a time.
    static final String NAME = "garbage-pass";

    /// So long after its last sign of life one counts as dead.
    public static final Duration PATIENCE = Turns.PATIENCE;

    /// So many failures are told one by one.
    private static final int MOST_FAILURES = 100;

    /// How things stand.
    ///
    /// @param since when the longest waiting blob came out of use, as far as nodes were up since
    /// @param freed ever, or by this pass, or what one would free
    public record Report(Amount waiting, Optional<Instant> since, Amount kept, Amount freed, List<Discarded> failed) {}

    /// What waits now, and what was freed ever.
    public Report status() {
        return report(metadata.read(tx -> tx.garbage().totals()).freed());
    }

    /// What [#run] would free.
    ///
    /// @param grace empty for the usual one
    public Report dryRun(Optional<Duration> grace) {
        var times = times(grace);
        return report(metadata.read(tx -> {
            var garbage = tx.garbage();
            var due = garbage.discarded(clock.instant(), times.hastened());
            return times.stay().isZero()
                    ? due.plus(garbage.waiting(garbage.now().minus(times.grace())))
                    : due;
        }));
    }

    /// Collects and deletes all that is due, half of the time at most. Empty, and nothing is done, while another one
    /// runs, or has died no longer ago than [#PATIENCE].
    ///
    /// Fails with [LostLeaseException] where it was asleep for so long that another one took its turn.
    ///
    /// @param grace that is kept, for bytes, too, where it is shorter than theirs; empty for the usual one
    public Optional<Report> run(Optional<Duration> grace) {
        return run(grace, Turns.of(metadata));
    }

    Optional<Report> run(Optional<Duration> grace, Turns turns) {
        return turns.takeIfFree(NAME).map(lease -> run(grace, turns, lease));
    }

    private Report run(Optional<Duration> grace, Turns turns, Lease lease) {
        try {
            return turns.by(lease, () -> pass(new Fenced(metadata), grace));
        } finally {
            turns.end(lease);
        }
    }

    private Report pass(Fenced fenced, Optional<Duration> grace) {
        var times = times(grace);
        var collector = new Collector(fenced, clock, rules, times.grace(), times.stay());
        var pace = new Pace(rules.rate(), 1);
        var failures = new Failures();
        while (collector.step(failures, pace).more() && !failures.areMany()) {
            // and on
        }
        var freed = new GarbageCounts();
        var how = new DiscardedBlobs.How(rules.pause(), pace, times.hastened(), freed);
        new DiscardedBlobs(fenced, blobs, clock, how).runOnce();
        counts.add(freed);
        return report(new Amount(freed.freedBlobs().sum(), freed.freedBytes().sum()));
    }

    private record Times(Duration grace, Duration stay, Duration hastened) {}

    /// One that is asked for is meant as it is written, and so without slack.
    private Times times(Optional<Duration> asked) {
        var usual = Collector.usual(metadata, clock, rules);
        return asked.map(grace -> {
                    var stay = grace.compareTo(usual.stay()) < 0 ? grace : usual.stay();
                    return new Times(grace, stay, usual.stay().minus(stay));
                })
                .orElse(new Times(usual.grace(), usual.stay(), Duration.ZERO));
    }

    private Report report(Amount freed) {
        return metadata.read(tx -> report(
                tx.garbage().totals(), tx.garbage().now(), freed, tx.garbage().failed(MOST_FAILURES)));
    }

    private Report report(Totals totals, Instant now, Amount freed, List<Discarded> failed) {
        var since =
                Optional.ofNullable(totals.since()).map(time -> clock.instant().minus(Duration.between(time, now)));
        return new Report(totals.waiting(), since, totals.kept(), freed, failed);
    }
}
