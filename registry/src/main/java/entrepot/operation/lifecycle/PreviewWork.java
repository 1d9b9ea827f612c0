package entrepot.operation.lifecycle;

import entrepot.domain.ImageAction;
import entrepot.domain.Tag;
import entrepot.lifecycle.Evaluation;
import entrepot.lifecycle.LifecyclePolicy;
import entrepot.lifecycle.Verdict;
import entrepot.store.LifecyclePreviews.Preview;
import entrepot.store.LifecyclePreviews.Result;
import entrepot.store.LifecyclePreviews.State;
import entrepot.store.LifecyclePreviews.Totals;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Makes previews, and takes away those that are over.
public record PreviewWork(MetadataStore metadata, InstantSource clock) {

    /// Rows that one transaction writes.
    private static final int AT_ONCE = 500;

    /// Who makes one and writes nothing for so long counts as dead.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public List<Preview> open(int limit) {
        return metadata.read(tx -> tx.lifecyclePreviews().in(State.IN_PROGRESS, limit));
    }

    /// Makes it, unless another node does.
    public void make(Preview preview) {
        if (claim(preview)) {
            try {
                complete(preview);
            } catch (RuntimeException e) {
                set(preview, State.FAILED);
                throw e;
            }
        }
    }

    private boolean claim(Preview preview) {
        var now = clock.instant();
        return metadata.transact(tx -> tx.lifecyclePreviews().claim(preview, now, now.plus(PATIENCE)));
    }

    private void complete(Preview preview) {
        removeResults(preview); // of whoever did not come to an end with it
        var results = results(preview);
        if (results.isEmpty()) {
            set(preview, State.FAILED); // its repository has gone
            return;
        }
        var all = results.get();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            add(preview, from, all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
        var transitioning = (int) all.stream()
                .filter(each -> each.action() == ImageAction.TRANSITION)
                .count();
        metadata.transact(tx ->
                tx.lifecyclePreviews().complete(preview, new Totals(all.size() - transitioning, transitioning)));
    }

    private void add(Preview preview, int after, List<Result> results) {
        var until = clock.instant().plus(PATIENCE);
        metadata.transact(tx -> {
            tx.lifecyclePreviews().add(preview, after, results);
            tx.lifecyclePreviews().keep(preview, until);
            return results;
        });
    }

    /// The oldest image first. Empty where the repository is not there any more.
    private Optional<List<Result>> results(Preview preview) {
        var policy = LifecyclePolicy.parse(preview.document());
        var now = clock.instant();
        return metadata.read(tx -> tx.repositories()
                        .find(preview.repository())
                        .map(repository -> new RepositoryImages(tx, repository).all()))
                .map(images -> Evaluation.of(policy, images, now).verdicts().stream()
                        .sorted(Comparator.comparing((Verdict verdict) ->
                                        verdict.image().times().pushedAt())
                                .thenComparingLong(verdict -> verdict.image().id()))
                        .map(PreviewWork::result)
                        .toList());
    }

    private static Result result(Verdict verdict) {
        var image = verdict.image();
        return new Result(
                image.digest(),
                image.tags().stream().sorted(Comparator.comparing(Tag::name)).toList(),
                image.times().pushedAt(),
                image.storageClass(),
                verdict.action(),
                verdict.rule() == null ? null : verdict.rule().priority());
    }

    /// Those that are to go: replaced by a newer one, or shown for long enough.
    public List<Preview> over(int limit) {
        var since = clock.instant().minus(PreviewAge.KEPT);
        return metadata.read(tx -> {
            var replaced = tx.lifecyclePreviews().in(State.REPLACED, limit);
            return replaced.isEmpty() ? tx.lifecyclePreviews().completeBefore(since, limit) : replaced;
        });
    }

    /// Takes its results away, and it too if nobody is shown it.
    public void end(Preview preview) {
        removeResults(preview);
        metadata.transact(tx -> {
            if (preview.state() == State.REPLACED) {
                tx.lifecyclePreviews().remove(preview);
            } else {
                tx.lifecyclePreviews().set(preview, State.EXPIRED);
            }
            return preview;
        });
    }

    private void removeResults(Preview preview) {
        boolean more;
        do {
            more = metadata.transact(tx -> tx.lifecyclePreviews().removeResults(preview, AT_ONCE));
        } while (more);
    }

    private void set(Preview preview, State state) {
        metadata.transact(tx -> {
            tx.lifecyclePreviews().set(preview, state);
            return preview;
        });
    }
}
