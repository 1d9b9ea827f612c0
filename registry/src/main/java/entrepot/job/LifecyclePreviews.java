package entrepot.job;

import entrepot.operation.lifecycle.PreviewWork;
import java.time.Duration;

/// Makes the previews of lifecycle policies that were begun, and takes away those that are over. Each node looks, since
/// who began one waits for it; who makes one has a claim on it.
public record LifecyclePreviews(PreviewWork work) implements Job {

    private static final int AT_ONCE = 10;

    @Override
    public Scope scope() {
        return Scope.EACH_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean step(Failures failures) {
        var open = failures.untried(AT_ONCE, work::open);
        open.forEach(preview -> failures.attempt(preview, () -> work.make(preview)));
        var over = failures.untried(AT_ONCE, work::over);
        over.forEach(preview -> failures.attempt(preview, () -> work.end(preview)));
        return over.size() == AT_ONCE;
    }
}
