package entrepot.operation.scanning;

import entrepot.domain.ImageScan;
import entrepot.domain.ImageScan.Cause;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryError;
import entrepot.domain.ScanStatus;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.StoredImage;
import entrepot.store.Scans.Pushed;
import entrepot.store.Scans.Request;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Asks for scans, within the quotas: of an image one in a day, of a registry so many. A scan that failed can be asked
/// for again. Source: ECR user guide, "Amazon ECR service quotas".
record ScanRequests(Transaction tx, Instant now) {

    private static final Duration DAY = Duration.ofHours(24);

    private static final int SCANS_IN_A_DAY = 100_000;

    private static final String TOO_MANY =
            "The scan quota of the registry has been exceeded: %d basic scans in 24 hours".formatted(SCANS_IN_A_DAY);

    /// For a caller.
    void start(Repository repository, StoredImage image) {
        if (isToBeScanned(repository, image)
                || newest(image).filter(this::isOfToday).isPresent()) {
            throw limit("The scan quota per image has been exceeded. Wait and try again.");
        }
        if (isFull(repository.registry())) {
            throw limit(TOO_MANY);
        }
        ask(
                repository,
                pushed(repository, image),
                ScanningConfiguration.Type.BASIC,
                Cause.REQUEST,
                ScanStatus.IN_PROGRESS);
    }

    private boolean isToBeScanned(Repository repository, StoredImage image) {
        return tx.scans().configuration(repository.registry()).of(repository).isOnPush()
                && tx.scans().isPushed(image);
    }

    /// For a push.
    void afterPush(Repository repository, Pushed pushed, ScanningConfiguration.Type type) {
        if (type == ScanningConfiguration.Type.BASIC && isFull(repository.registry())) {
            tx.scans()
                    .request(
                            new Request(
                                    pushed,
                                    repository.registry(),
                                    type,
                                    Cause.PUSH,
                                    ScanStatus.LIMIT_EXCEEDED,
                                    TOO_MANY),
                            now);
        } else {
            ask(
                    repository,
                    pushed,
                    type,
                    Cause.PUSH,
                    type == ScanningConfiguration.Type.BASIC ? ScanStatus.IN_PROGRESS : ScanStatus.PENDING);
        }
    }

    /// For new vulnerabilities.
    void afterChange(Repository repository, Pushed image, ScanningConfiguration.Type type) {
        ask(repository, image, type, Cause.CHANGE, ScanStatus.PENDING);
    }

    private void ask(
            Repository repository, Pushed image, ScanningConfiguration.Type type, Cause cause, ScanStatus status) {
        tx.scans().request(new Request(image, repository.registry(), type, cause, status, null), now);
    }

    private Pushed pushed(Repository repository, StoredImage image) {
        return new Pushed(image.id(), repository.id(), image.digest(), now);
    }

    private Optional<ImageScan> newest(StoredImage image) {
        return Optional.ofNullable(tx.scans().shown(List.of(image)).get(image.id()));
    }

    private boolean isOfToday(ImageScan scan) {
        return scan.type() == ScanningConfiguration.Type.BASIC
                && scan.status() != ScanStatus.FAILED
                && scan.requestedAt().isAfter(now.minus(DAY));
    }

    private boolean isFull(RegistryId registry) {
        return tx.scans().count(registry, now.minus(DAY), SCANS_IN_A_DAY) >= SCANS_IN_A_DAY;
    }

    private static RegistryException limit(String message) {
        return new RegistryException(new RepositoryError.LimitExceeded(message));
    }
}
