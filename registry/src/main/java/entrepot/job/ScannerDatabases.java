package entrepot.job;

import entrepot.scan.database.FetchedDatabase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Looks whether a registry has another database for the scanner. Each node has one of its own.
///
/// @param fetched null where it does not come from a registry
public record ScannerDatabases(@Nullable FetchedDatabase fetched) implements Job {

    @Override
    public Scope scope() {
        return Scope.EACH_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public boolean step(Failures failures) {
        if (fetched != null) {
            failures.attempt("the database", fetched::refresh);
        }
        return false;
    }
}
