package entrepot.operation.signing;

import entrepot.domain.Repository;
import entrepot.domain.SigningStatus;
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
/// done for an earlier push of the same image. While it is being done for one the others wait: whoever pushed first may
/// lack a right that they have.
public record SignedPushes(MetadataStore metadata, InstantSource clock) {

    /// The first ones that are undecided and wait for no other.
    public List<Push> first(int limit) {
        return metadata.read(tx -> tx.signings().pushes(limit));
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
                .flatMap(repository -> image(tx, repository, push).map(image -> new Pushed(push, repository, image)))
                .ifPresentOrElse(
                        pushed -> decide(tx, pushed, now), () -> tx.signings().settle(push));
    }

    private static void decide(Transaction tx, Pushed pushed, Instant now) {
        var states = tx.signings().states(pushed.image());
        if (states.stream().noneMatch(state -> state.status() == SigningStatus.IN_PROGRESS)) {
            var had = states.stream()
                    .filter(state -> isHad(tx, pushed.repository(), state))
                    .map(State::profile)
                    .toList();
            pushed.push().rules().profiles(pushed.repository().name()).stream()
                    .filter(profile -> !had.contains(profile))
                    .forEach(profile -> tx.signings().request(pushed.push(), profile, now));
            tx.signings().settle(pushed.push());
        }
    }

    /// A push of which all is there still.
    private record Pushed(Push push, Repository repository, StoredImage image) {}

    private static Optional<StoredImage> image(Transaction tx, Repository repository, Push push) {
        return tx.images().find(repository, push.digest()).filter(image -> image.id() == push.image());
    }

    private static boolean isHad(Transaction tx, Repository repository, State state) {
        return state.status() == SigningStatus.COMPLETE
                && state.signature() != null
                && tx.images().find(repository, state.signature()).isPresent();
    }
}
