package entrepot.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/// Tells of a database that failed meanwhile, in words for whoever moves a registry.
final class MoveFailure {

    private MoveFailure() {}

    static <T> T told(MoveEngine engine, Supplier<T> work) {
        try {
            return work.get();
        } catch (SqlFailure e) {
            throw new UncheckedIOException(new IOException(
                    "%s failed: %s".formatted(engine, e.sqlException().getMessage()), e));
        }
    }
}
