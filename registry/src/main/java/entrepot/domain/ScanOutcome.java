package entrepot.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What came of a scan of an image, for whoever is told.
///
/// @param tags that the image has
/// @param counts how many findings there are, by their severities
public record ScanOutcome(
        Repository repository,
        StoredImage image,
        List<Tag> tags,
        ScanStatus status,
        Map<Severity, Integer> counts,
        Instant at) {

    public ScanOutcome {
        tags = List.copyOf(tags);
        counts = Map.copyOf(counts);
    }
}
