package entrepot.operation.scanning;

import entrepot.domain.Finding;
import entrepot.domain.ImageScan;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.Severity;
import entrepot.operation.image.ScanSummary;
import entrepot.scanner.FindingDocument;
import entrepot.store.Scans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// ECR's `ImageScanFindings`.
///
/// @param findings of basic scanning; null for the other
/// @param enhancedFindings of enhanced scanning; null for the other
public record FindingsView(
        Instant imageScanCompletedAt,
        @Nullable Instant vulnerabilitySourceUpdatedAt,
        Map<String, Integer> findingSeverityCounts,
        @Nullable List<Basic> findings,
        @Nullable List<EnhancedFinding> enhancedFindings) {

    /// ECR's `ImageScanFinding`.
    public record Basic(
            String name,
            @Nullable String description,
            @Nullable String uri,
            Severity severity,
            List<Attribute> attributes) {

        static Basic of(Finding finding) {
            return new Basic(
                    finding.name(),
                    filled(finding.description()),
                    filled(finding.uri()),
                    finding.severity(),
                    Attribute.all(finding));
        }
    }

    /// ECR's `Attribute`.
    public record Attribute(String key, String value) {

        /// In characters.
        private static final int LONGEST = 256;

        static List<Attribute> all(Finding finding) {
            var attributes = new ArrayList<Attribute>();
            add(attributes, "package_version", finding.affected().version());
            add(attributes, "package_name", finding.affected().name());
            for (var score : finding.scores()) {
                var version = "CVSS" + score.version().split("\\.", -1)[0];
                if (attributes.stream().noneMatch(attribute -> attribute.key().startsWith(version))) {
                    add(attributes, version + "_VECTOR", score.vector());
                    add(attributes, version + "_SCORE", String.valueOf(score.score()));
                }
            }
            return attributes;
        }

        private static void add(List<Attribute> attributes, String key, String value) {
            if (!value.isEmpty()) {
                attributes.add(new Attribute(key, value.substring(0, Math.min(LONGEST, value.length()))));
            }
        }
    }

    static FindingsView of(DescribeImageScanFindings.Found found, List<Scans.Finding> shown) {
        var scan = Objects.requireNonNull(found.scan());
        var result = Objects.requireNonNull(scan.result());
        var findings = shown.stream()
                .map(finding -> FindingDocument.read(finding.document()))
                .toList();
        return new FindingsView(
                result.completedAt(),
                ScanSummary.updatedAt(result),
                ScanSummary.counts(result),
                scan.type() == ScanningConfiguration.Type.BASIC
                        ? findings.stream().map(Basic::of).toList()
                        : null,
                scan.type() == ScanningConfiguration.Type.ENHANCED ? enhanced(found, result, findings) : null);
    }

    private static List<EnhancedFinding> enhanced(
            DescribeImageScanFindings.Found found, ImageScan.Result result, List<Finding> findings) {
        return findings.stream()
                .map(finding -> EnhancedFinding.of(found, result.completedAt(), finding))
                .toList();
    }

    static @Nullable String filled(String text) {
        return text.isEmpty() ? null : text;
    }
}
