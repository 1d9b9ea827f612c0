package entrepot.job;

import java.time.Duration;

/// Says again and again by which root key this node runs, so that none starts with another one.
///
/// @param use says it, where the configuration gives the key
public record RootKeyInUse(Runnable use) implements Job {

    @Override
    public Scope scope() {
        return Scope.EACH_NODE;
    }

    /// A few times in the minute that it counts for.
    @Override
    public Duration every() {
        return Duration.ofSeconds(20);
    }

    @Override
    public boolean step(Failures failures) {
        failures.attempt("root-key", use::run);
        return false;
    }
}
