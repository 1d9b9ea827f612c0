package entrepot.archive;

import entrepot.domain.ImageStatus;
import entrepot.domain.Repository;
import entrepot.store.Archive.Activating;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;

/// Lets images be pulled whose bytes have come back.
public record Activations(MetadataStore metadata, InstantSource clock) {

    /// Those that are on their way, in the order of their ids.
    public List<Activating> waiting(long afterId, int limit) {
        return metadata.read(tx -> tx.archive().activating(afterId, limit));
    }

    /// If all that it names is there. Lists come after what they name.
    public void look(Activating waiting) {
        metadata.<Boolean>transactGuarded(tx -> tx.repositories()
                .find(waiting.repository())
                .map(repository -> activate(tx, repository, waiting))
                .orElse(false));
    }

    private boolean activate(Transaction tx, Repository repository, Activating waiting) {
        var image = tx.images()
                .hold(repository, waiting.image().digest())
                .filter(found -> found.archival().status() == ImageStatus.ACTIVATING)
                .filter(found -> !tx.archive().isAway(found))
                .filter(found -> tx.archive().children(found).stream()
                        .allMatch(child -> child.archival().isActive()));
        image.ifPresent(
                found -> tx.archive().set(repository, found, found.archival().active(clock.instant())));
        return image.isPresent();
    }
}
