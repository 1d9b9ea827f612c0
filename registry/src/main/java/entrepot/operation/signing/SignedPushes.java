package entrepot.operation.signing;

import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.store.MetadataStore;
import entrepot.store.Signings.Push;
import entrepot.store.Signings.State;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Decides by which profiles images that were pushed are signed: by those whose rules are for them, unless it has been
/// done for an earlier push of the same image.
public record SignedPushes(MetadataStore metadata, InstantSource clock) {

    /// The first ones that are undecided.
    public List<Push> first(int limit) {
        return metadata.ask(tx -> tx.signings().pushes(limit));
    }

    public void decide(List<Push> pushes) {
        var now = clock.instant();
        if (!pushes.isEmpty()) {
            metadata.transact(tx -> {
                pushes.forEach(push -> decide(tx, push, now));
                return pushes;
            });
        }
    }

    private static void decide(Transaction tx, Push push, Instant now) {
        tx.repositories()
                .find(push.repository())
                .ifPresent(repository -> image(tx, repository, push).ifPresent(image -> {
                    var states = tx.signings().states(image);
                    push.rules().profiles(repository.name()).stream()
                            .filter(profile -> states.stream()
                                    .noneMatch(state ->
                                            state.profile().equals(profile) && isHadStill(tx, repository, state)))
                            .forEach(profile -> tx.signings().request(push, profile, now));
                }));
        tx.signings().settle(push);
    }

    private static Optional<StoredImage> image(Transaction tx, Repository repository, Push push) {
        return tx.images().find(repository, push.digest()).filter(image -> image.id() == push.image());
    }

    private static boolean isHadStill(Transaction tx, Repository repository, State state) {
        return switch (state.status()) {
            case IN_PROGRESS -> true;
            case FAILED -> false;
            case COMPLETE ->
                state.signature() != null
                        && tx.images().find(repository, state.signature()).isPresent();
        };
    }
}
