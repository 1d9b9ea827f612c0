package entrepot.console.page;

import entrepot.domain.Severity;
import entrepot.operation.image.ImageDetail;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How many findings an image has, as a few words.
///
/// @param status of the scan, in ECR's words; empty where there was none
/// @param counts of those that there are, the worst first
public record Findings(String status, List<Count> counts) {

    public Findings {
        counts = List.copyOf(counts);
    }

    /// Of one severity.
    public record Count(Severity severity, int number) {

        /// As style sheets call it.
        public String style() {
            return severity.name().toLowerCase(Locale.ROOT);
        }
    }

    static Findings of(ImageDetail image) {
        var status = image.imageScanStatus();
        var summary = image.imageScanFindingsSummary();
        return new Findings(
                status == null ? "" : status.status().name(),
                summary == null ? List.of() : counts(summary.findingSeverityCounts()));
    }

    static List<Count> counts(Map<String, Integer> found) {
        return Arrays.stream(Severity.values())
                .map(severity -> new Count(severity, found.getOrDefault(severity.name(), 0)))
                .filter(count -> count.number() > 0)
                .toList();
    }

    /// Whether it was scanned, and nothing was found.
    public boolean isClean() {
        return counts.isEmpty() && (status.equals("COMPLETE") || status.equals("ACTIVE"));
    }
}
