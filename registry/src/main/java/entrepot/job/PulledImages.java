package entrepot.job;

import entrepot.operation.PullTimes;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.List;

/// Stores when images were pulled, those of a few seconds with one write.
public record PulledImages(MetadataStore metadata, PullTimes pulls) implements Job {

    private static final int AT_ONCE = 500;

    /// A node knows what it saw itself.
    @Override
    public Scope scope() {
        return Scope.EACH_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public boolean runsAtTheEnd() {
        return true;
    }

    @Override
    public boolean step(Failures failures) {
        var pending = failures.untried(AT_ONCE, pulls::pending);
        if (!pending.isEmpty() && !failures.attempt(pending, () -> pulls.store(metadata, pending))) {
            pending.forEach(one -> failures.attempt(one, () -> pulls.store(metadata, List.of(one))));
        }
        return pending.size() == AT_ONCE;
    }
}
