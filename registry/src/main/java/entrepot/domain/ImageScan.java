package entrepot.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A scan of an image, without its findings.
///
/// @param id the store's own, in the order in which scans were asked for
/// @param repository the id of the image's repository
/// @param image the id of the image
/// @param type by which configuration it was made
/// @param result null until there is one
public record ImageScan(
        long id,
        long repository,
        long image,
        Digest digest,
        ScanningConfiguration.Type type,
        Cause cause,
        ScanStatus status,
        Instant requestedAt,
        @Nullable Result result) {

    /// Why an image is scanned.
    public enum Cause {
        PUSH,
        /// Somebody asked for it.
        REQUEST,
        /// There are new vulnerabilities, or a new configuration.
        CHANGE
    }

    /// What came of it.
    ///
    /// @param description for whoever asks for it
    /// @param counts how many findings there are, by their severities; those without one are left out
    /// @param source by what vulnerabilities; null where none were looked at
    public record Result(
            String description,
            Instant completedAt,
            Map<Severity, Integer> counts,
            @Nullable Source source) {
        public Result {
            counts = Map.copyOf(counts);
        }
    }

    /// The vulnerabilities that are known to a scanner.
    ///
    /// @param name which another state of them does not have
    /// @param updatedAt when they were collected
    public record Source(String name, Instant updatedAt) {}

    public Optional<Result> ended() {
        return Optional.ofNullable(result);
    }
}
