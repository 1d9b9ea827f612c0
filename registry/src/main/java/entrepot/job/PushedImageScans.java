package entrepot.job;

import entrepot.operation.scanning.PushedImages;
import java.time.Duration;
import java.util.List;

/// Decides which images that were pushed are to be scanned.
///
/// @param canScan whether there is a scanner
public record PushedImageScans(PushedImages pushed, boolean canScan) implements Job {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONG_PAUSE = Duration.ofHours(1);
    private static final int AT_ONCE = 100;

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return canScan ? PAUSE : LONG_PAUSE;
    }

    @Override
    public boolean step(Failures failures) {
        var fresh = failures.untried(AT_ONCE, pushed::first);
        try {
            pushed.decide(fresh);
        } catch (RuntimeException e) {
            fresh.forEach(each -> failures.attempt(each, () -> pushed.decide(List.of(each))));
        }
        return fresh.size() == AT_ONCE;
    }
}
