package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Page;
import entrepot.console.Visit;
import entrepot.domain.ImageIdentifier;
import entrepot.operation.scanning.DescribeImageScanFindings;
import entrepot.operation.scanning.EnhancedFinding;
import entrepot.operation.scanning.FindingsView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a scan found in an image, the worst first.
public final class FindingsPage implements Page {

    /// Rows of a page.
    private static final int SIZE = 40;

    /// Of a description, in characters.
    private static final int LONGEST = 300;

    /// What the page shows.
    ///
    /// @param after the address of the next rows; empty for none
    public record Model(
            String name,
            String digest,
            String status,
            String description,
            @Nullable Instant completedAt,
            List<Findings.Count> counts,
            List<Row> rows,
            String before,
            String after) {}

    /// A finding, in the words of whoever found it.
    ///
    /// @param fixedIn versions without it; empty for none, or where it is not known
    public record Row(String name, String severity, String description, String at, String fixedIn) {

        /// As style sheets call it.
        public String style() {
            return severity.toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public long memory() {
        return 16 << 20;
    }

    @Override
    public Answer answer(Visit visit) {
        var name = visit.repository();
        var digest = visit.asked("digest");
        var id = new ImageIdentifier(digest, null);
        var found = visit.call(
                DescribeImageScanFindings.class,
                new DescribeImageScanFindings.Input(null, name, id, visit.orNull("after"), SIZE));
        var address = Links.with(visit.links().of("findings", name.value()), "digest", digest);
        var next = found.nextToken();
        return Answer.shown(
                "Findings",
                "findings",
                model(
                        found,
                        visit.asked("after").isEmpty() ? "" : address,
                        next == null ? "" : Links.with(address, "after", next)));
    }

    private static Model model(DescribeImageScanFindings.Output found, String before, String after) {
        var status = found.imageScanStatus();
        var findings = found.imageScanFindings();
        Map<String, Integer> counts = findings == null ? Map.of() : findings.findingSeverityCounts();
        return new Model(
                found.repositoryName().value(),
                found.imageId().imageDigest().toString(),
                status.status().name(),
                status.description() == null ? "" : status.description(),
                findings == null ? null : findings.imageScanCompletedAt(),
                Findings.counts(counts),
                findings == null ? List.of() : rows(findings),
                before,
                after);
    }

    private static List<Row> rows(FindingsView findings) {
        var basic = findings.findings();
        var enhanced = findings.enhancedFindings();
        if (basic != null) {
            return basic.stream().map(FindingsPage::row).toList();
        }
        return enhanced == null
                ? List.of()
                : enhanced.stream().map(FindingsPage::row).toList();
    }

    private static Row row(FindingsView.Basic finding) {
        var attributes = finding.attributes();
        var at = attribute(attributes, "package_name") + " " + attribute(attributes, "package_version");
        return new Row(finding.name(), finding.severity().name(), cut(finding.description()), at.strip(), "");
    }

    private static String attribute(List<FindingsView.Attribute> attributes, String key) {
        return attributes.stream()
                .filter(attribute -> attribute.key().equals(key))
                .map(FindingsView.Attribute::value)
                .findFirst()
                .orElse("");
    }

    private static Row row(EnhancedFinding finding) {
        var packages = finding.packageVulnerabilityDetails().vulnerablePackages();
        var at = packages.stream()
                .map(one -> one.name() + " " + one.version())
                .findFirst()
                .orElse("");
        var fixed = packages.stream()
                .map(EnhancedFinding.Affected::fixedInVersion)
                .filter(version -> version != null && !version.isEmpty())
                .findFirst()
                .orElse("");
        var name = finding.packageVulnerabilityDetails().vulnerabilityId();
        return new Row(name, finding.severity(), cut(finding.description()), at, String.valueOf(fixed));
    }

    private static String cut(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
