package entrepot.operation.scanning;

import entrepot.domain.Repository;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.store.MetadataStore;
import entrepot.store.Scans.Pushed;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Asks for scans of images that are under continuous scanning.
public record ChangedImages(MetadataStore metadata, InstantSource clock) {

    public void ask(List<Pushed> images) {
        if (!images.isEmpty()) {
            var now = clock.instant();
            metadata.transact(tx -> {
                images.forEach(image -> tx.repositories()
                        .find(image.repository())
                        .ifPresent(repository -> ask(tx, repository, image, now)));
                return images;
            });
        }
    }

    private static void ask(Transaction tx, Repository repository, Pushed image, Instant now) {
        var configuration = tx.scans().configuration(repository.registry());
        if (isContinuous(configuration, repository) && isScannable(tx, repository, image)) {
            new ScanRequests(tx, now).afterChange(repository, image, configuration.type());
        }
    }

    private static boolean isContinuous(ScanningConfiguration configuration, Repository repository) {
        return configuration.of(repository).frequency() == Frequency.CONTINUOUS_SCAN;
    }

    private static boolean isScannable(Transaction tx, Repository repository, Pushed pushed) {
        return tx.images()
                .find(repository, pushed.digest())
                .filter(image ->
                        image.id() == pushed.image() && image.archival().isActive() && Scannable.is(image))
                .isPresent();
    }
}
