package entrepot.job;

import entrepot.scan.ContinuousScans;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Has images scanned again when more is known than before.
///
/// @param scans null where there is no scanner
public record ContinuousImageScans(@Nullable ContinuousScans scans) implements Job {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONG_PAUSE = Duration.ofHours(1);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return scans == null ? LONG_PAUSE : PAUSE;
    }

    @Override
    public boolean step(Failures failures) {
        return scans != null && step(scans, failures);
    }

    private static boolean step(ContinuousScans scans, Failures failures) {
        var more = new boolean[1];
        failures.attempt("the round", () -> more[0] = scans.step());
        return more[0];
    }
}
