package entrepot.operation.scanning;

import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.ScanningConfiguration;
import entrepot.store.MetadataStore;
import entrepot.store.Scans.Pushed;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decides which images that were pushed are to be scanned.
public record PushedImages(MetadataStore metadata, InstantSource clock) {

    /// The first ones that are undecided.
    public List<Pushed> first(int limit) {
        return metadata.ask(tx -> tx.scans().pushed(limit));
    }

    public void decide(List<Pushed> pushed) {
        var now = clock.instant();
        metadata.transact(tx -> {
            var configurations = new HashMap<RegistryId, ScanningConfiguration>();
            pushed.forEach(each -> decide(tx, each, configurations, now));
            tx.scans().settle(pushed);
            return pushed;
        });
    }

    private static void decide(
            Transaction tx, Pushed pushed, Map<RegistryId, ScanningConfiguration> configurations, Instant now) {
        tx.repositories().find(pushed.repository()).ifPresent(repository -> {
            var configuration = configurations.computeIfAbsent(
                    repository.registry(), registry -> tx.scans().configuration(registry));
            if (configuration.of(repository).isOnPush() && isThere(tx, repository, pushed)) {
                new ScanRequests(tx, now).afterPush(repository, pushed, configuration.type());
            }
        });
    }

    private static boolean isThere(Transaction tx, Repository repository, Pushed pushed) {
        return tx.images()
                .find(repository, pushed.digest())
                .filter(image -> image.id() == pushed.image())
                .isPresent();
    }
}
