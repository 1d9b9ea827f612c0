package entrepot.job;

import entrepot.operation.signing.SignedPushes;
import entrepot.signing.SigningWork;
import entrepot.store.Signings.Signing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Signs images that were pushed, several at the same time.
public record ImageSignatures(SignedPushes pushes, SigningWork work) implements Job {

    /// Each has the rules of its time, which may be 259 KB.
    private static final int DECIDED_TOGETHER = 10;

    private static final int SIGNED_TOGETHER = 16;

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean step(Failures failures) {
        var fresh = failures.untried(DECIDED_TOGETHER, pushes::first);
        try {
            pushes.decide(fresh);
        } catch (RuntimeException e) {
            fresh.forEach(push -> failures.attempt(push, () -> pushes.decide(List.of(push))));
        }
        var due = failures.untried(SIGNED_TOGETHER, work::due);
        make(due)
                .forEach((signing, why) -> failures.attempt(signing, () -> {
                    if (why instanceof Error error) {
                        throw error;
                    }
                    throw new IllegalStateException(why);
                }));
        return fresh.size() == DECIDED_TOGETHER || due.size() == SIGNED_TOGETHER;
    }

    /// Gives those that failed as nobody reckons with, and those that could not even be put off.
    private ConcurrentHashMap<Signing, Throwable> make(List<Signing> due) {
        var failed = new ConcurrentHashMap<Signing, Throwable>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            due.forEach(signing -> threads.execute(Fenced.carried(() -> {
                try {
                    work.make(signing);
                } catch (RuntimeException | Error e) {
                    failed.put(signing, e);
                }
            })));
        }
        return failed;
    }
}
