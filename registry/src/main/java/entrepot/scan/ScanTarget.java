package entrepot.scan;

import entrepot.domain.Digest;
import entrepot.domain.ImageScan;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Repository;
import entrepot.domain.ScanOutcome;
import entrepot.domain.ScanStatus;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.domain.StoredImage;
import entrepot.domain.StoredLayer;
import entrepot.store.Cover;
import entrepot.store.MetadataStore;
import entrepot.store.Scans;
import entrepot.store.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An image that is being scanned.
///
/// @param cover what lies in rows of its repository lies under
record ScanTarget(ScanClaim claim, Repository repository, StoredImage image, Cover cover, Frequency often) {

    private static final int AT_ONCE = 500;

    private record Seen(Repository repository, StoredImage image, Frequency often) {}

    /// Empty if it is not there any more, or archived.
    static Optional<ScanTarget> find(ScanMeans means, ScanClaim claim) {
        return claim.metadata().read(tx -> seen(tx, claim.scan())).map(seen -> {
            var cover = means.vault().cover(seen.repository());
            return new ScanTarget(claim, seen.repository(), seen.image(), cover, seen.often());
        });
    }

    private static Optional<Seen> seen(Transaction tx, ImageScan scan) {
        return tx.repositories()
                .find(scan.repository())
                .flatMap(repository -> tx.images()
                        .find(repository, scan.digest())
                        .filter(image ->
                                image.id() == scan.image() && image.archival().isActive())
                        .map(image -> new Seen(
                                repository,
                                image,
                                tx.scans()
                                        .configuration(repository.registry())
                                        .of(repository)
                                        .frequency())));
    }

    ImageScan scan() {
        return claim.scan();
    }

    private MetadataStore metadata() {
        return claim.metadata();
    }

    boolean isContinuous() {
        return scan().type() == ScanningConfiguration.Type.ENHANCED && often == Frequency.CONTINUOUS_SCAN;
    }

    ManifestBytes manifest() {
        return metadata().read(tx -> tx.images().manifest(image, cover));
    }

    Map<Digest, StoredLayer> layers(Collection<Digest> digests) {
        return metadata().read(tx -> tx.layers().find(repository, digests));
    }

    void add(List<Scans.Finding> findings) {
        if (!findings.isEmpty()) {
            claim.keep(tx -> tx.scans().add(scan(), findings, cover));
        }
    }

    void keepComponents(byte[] document) {
        claim.keep(tx -> tx.scans().keepComponents(scan(), document, cover));
    }

    void removeFindings() {
        boolean more;
        do {
            more = metadata().transact(tx -> tx.scans().removeFindings(scan(), AT_ONCE));
        } while (more);
    }

    /// Tells of it, if it was still to be made.
    void end(ScanMeans means, ScanStatus status, ImageScan.Result result) {
        metadata().transact(tx -> {
            if (claim.end(tx, status, result)) {
                var tags = tx.images().tagsOf(repository, List.of(image)).getOrDefault(image.id(), List.of());
                means.changes()
                        .tellScan(
                                tx,
                                new ScanOutcome(
                                        repository, image, tags, status, result.counts(), result.completedAt()));
            }
            return result;
        });
    }
}
