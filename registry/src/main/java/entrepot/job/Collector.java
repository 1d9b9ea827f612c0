package entrepot.job;

import entrepot.domain.GarbageRules;
import entrepot.job.Sweep.Swept;
import entrepot.store.Garbage;
import entrepot.store.Garbage.Waiting;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Takes out of use what nobody uses: layers of repositories, and then blobs that no repository has. Any number of
/// them may run beside each other, and beside all else (docs/decisions/0031-collection.md).
///
/// @param grace how long it must have been in nobody's use
/// @param stay how long the bytes stay after that
record Collector(MetadataStore metadata, InstantSource clock, GarbageRules rules, Duration grace, Duration stay) {

    /// So many in one transaction: on one that writes alone others wait no longer than a few milliseconds.
    private static final int TOGETHER = 100;

    /// What came of a step.
    ///
    /// @param layers that repositories lost
    /// @param blobs whose bytes are to be deleted
    /// @param more whether there may be more to do
    record Came(int layers, int blobs, boolean more) {}

    private record Done(int rows, boolean more) {}

    /// Counts in one step.
    private record Tally(AtomicInteger gone, AtomicInteger settled) {
        void add(Swept<?> swept) {
            gone.addAndGet(swept.gone().size());
            settled.addAndGet(swept.settled());
        }
    }

    static Collector usual(MetadataStore metadata, InstantSource clock, GarbageRules rules) {
        var slack = rules.slack();
        return new Collector(
                metadata,
                clock,
                rules,
                rules.grace().plus(slack),
                rules.downloadGrace().plus(slack));
    }

    /// A bounded piece of it.
    Came step(Failures failures, Pace pace) {
        var links = step(failures, pace, Garbage::links);
        var blobs = step(failures, pace, Garbage::blobs);
        return new Came(links.rows(), blobs.rows(), links.more() || blobs.more());
    }

    private <R> Done step(Failures failures, Pace pace, Function<Garbage, Waiting<R>> which) {
        var until = metadata.read(tx -> tx.garbage().now()).minus(grace);
        var due = failures.<R>untried(
                rules.batch(),
                limit -> metadata.read(tx -> which.apply(tx.garbage()).due(until, limit)));
        Function<Transaction, Sweep<R>> sweep = tx -> new Sweep<>(which.apply(tx.garbage()), until);
        var failed = failures.count();
        var tally = new Tally(new AtomicInteger(), new AtomicInteger());
        for (int from = 0; from < due.size(); from += TOGETHER) {
            var lot = due.subList(from, Math.min(due.size(), from + TOGETHER));
            pace.of(() -> sweep(failures, lot, sweep, tally));
        }
        return new Done(
                tally.gone().get(),
                due.size() == rules.batch() && tally.settled().get() + failures.count() > failed);
    }

    /// Together; where that fails, one by one.
    private <R> int sweep(Failures failures, List<R> lot, Function<Transaction, Sweep<R>> sweep, Tally tally) {
        var before = tally.gone().get();
        try {
            tally.add(together(lot, sweep));
        } catch (OutOfMemoryError | LostLeaseException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            lot.forEach(row -> failures.attempt(row, () -> tally.add(together(List.of(row), sweep))));
        }
        return tally.gone().get() - before;
    }

    private <R> Swept<R> together(List<R> rows, Function<Transaction, Sweep<R>> sweep) {
        return metadata.transactGuarded(tx -> sweep.apply(tx).run(rows, clock.instant(), stay));
    }
}
