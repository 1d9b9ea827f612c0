package entrepot.job;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The rows that failed in one run of a job. None of them holds another row back; the next run tries them again.
public final class Failures {

    /// So many are no bad rows but a store that does not work.
    private static final int MANY = 1_000;

    private final Set<Object> rows = new HashSet<>();
    private @Nullable Object first;
    private @Nullable Throwable cause;

    /// What is done to a row.
    @FunctionalInterface
    interface Attempt {
        void run() throws IOException;
    }

    /// Does it, and says whether it was done. Fails with [LostLeaseException] as the work does: then no row is this
    /// run's any more.
    boolean attempt(Object row, Attempt work) {
        try {
            work.run();
            return true;
        } catch (OutOfMemoryError | LostLeaseException e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            add(row, e);
            return false;
        }
    }

    private void add(Object row, Throwable failure) {
        rows.add(row);
        if (cause == null) {
            first = row;
            cause = failure;
        }
    }

    /// The first rows that have not failed in this run.
    ///
    /// @param read gives the first ones of all, as many as it is told
    <R> List<R> untried(int limit, IntFunction<List<R>> read) {
        return read.apply(limit + rows.size()).stream()
                .filter(row -> !rows.contains(row))
                .limit(limit)
                .toList();
    }

    public int count() {
        return rows.size();
    }

    /// Whether a run had better end here.
    boolean areMany() {
        return rows.size() >= MANY;
    }

    /// Why the first one failed.
    @Nullable
    Throwable cause() {
        return cause;
    }

    /// What to tell of them, if there are any.
    Optional<String> summary() {
        return cause == null
                ? Optional.empty()
                : Optional.of("%d failed, first %s: %s".formatted(count(), first, cause));
    }
}
