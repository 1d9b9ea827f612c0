package entrepot.operation.image;

import entrepot.domain.ImageScan;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// ECR's `ImageScanFindingsSummary`.
public record ScanSummary(
        Instant imageScanCompletedAt,
        @Nullable Instant vulnerabilitySourceUpdatedAt,
        Map<String, Integer> findingSeverityCounts) {

    static ScanSummary of(ImageScan scan) {
        var result = Objects.requireNonNull(scan.result());
        return new ScanSummary(result.completedAt(), updatedAt(result), counts(result));
    }

    public static @Nullable Instant updatedAt(ImageScan.Result result) {
        return result.source() == null ? null : result.source().updatedAt();
    }

    public static Map<String, Integer> counts(ImageScan.Result result) {
        return result.counts().entrySet().stream()
                .collect(Collectors.toMap(count -> count.getKey().name(), Map.Entry::getValue));
    }
}
