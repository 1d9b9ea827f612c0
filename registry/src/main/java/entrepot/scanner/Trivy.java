package entrepot.scanner;

import entrepot.domain.Finding;
import entrepot.domain.ImageScan;
import entrepot.domain.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Trivy, with the database that it calls `db` in its cache: `<database>/db/trivy.db`. Source: its manual, and
/// `pkg/types/report.go` for the report.
///
/// @param command the program
/// @param database the folder that it calls its cache
public record Trivy(Path command, Path database) implements ScanEngine {

    private static final List<String> OFFLINE = List.of(
            "--skip-db-update",
            "--skip-java-db-update",
            "--offline-scan",
            "--skip-version-check",
            "--disable-telemetry",
            "--quiet");

    @Override
    public List<String> listing(Path layout) {
        return command(
                List.of("image", "--input", layout.toString(), "--format", "cyclonedx", "--cache-backend", "memory"));
    }

    @Override
    public List<String> matching(Path components) {
        return command(List.of("sbom", "--format", "json", "--scanners", "vuln", components.toString()));
    }

    private List<String> command(List<String> words) {
        var cache = List.of("--cache-dir", database.toAbsolutePath().toString());
        return Stream.of(List.of(command.toString()), words, cache, OFFLINE)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    private Path file() {
        return database.resolve("db").resolve("trivy.db");
    }

    @Override
    public ImageScan.Source source() throws IOException {
        return DatabaseFile.source("trivy", file(), file().resolveSibling("metadata.json"), "UpdatedAt");
    }

    /// Of the systems whose releases it keeps apart, one that is there has a bucket of its name, whose text is in the
    /// file.
    @Override
    public boolean knows(Components.OperatingSystem system) throws IOException {
        var parts = system.version().split("\\.", -1);
        var name = system.name().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "debian" -> FileText.has(file(), name + " " + parts[0]);
            case "alpine", "ubuntu" -> parts.length < 2 || FileText.has(file(), name + " " + parts[0] + "." + parts[1]);
            default -> true;
        };
    }

    /// Where nothing is known of an image there is no `Results`.
    @Override
    public void read(Path report, Consumer<Finding> findings) throws IOException {
        new JsonReport(report)
                .each(List.of("Results", "Vulnerabilities"), "SchemaVersion", found -> findings.accept(finding(found)));
    }

    private static Finding finding(BoundedTree found) {
        var uri = found.get("PrimaryURL").text();
        return new Finding(
                found.get("VulnerabilityID").text(),
                Severity.of(found.get("Severity").text()),
                found.get("Description").text().isEmpty()
                        ? found.get("Title").text()
                        : found.get("Description").text(),
                uri.isEmpty() ? found.get("References").first().text() : uri,
                found.get("DataSource").get("ID").text(),
                affected(found),
                found.get("FixedVersion").text(),
                found.get("CVSS").members().flatMap(Trivy::scores).toList());
    }

    private static Finding.Affected affected(BoundedTree found) {
        return new Finding.Affected(
                found.get("PkgName").text(),
                found.get("InstalledVersion").text(),
                manager(found.get("PkgIdentifier").get("PURL").text()),
                found.get("Layer").get("Digest").text(),
                found.get("PkgPath").text());
    }

    /// `deb` of `pkg:deb/debian/openssl@3`.
    private static String manager(String purl) {
        var slash = purl.indexOf('/');
        return purl.startsWith("pkg:") && slash > 0 ? purl.substring("pkg:".length(), slash) : "";
    }

    private static Stream<Finding.Cvss> scores(Map.Entry<String, BoundedTree> source) {
        var score = source.getValue();
        var v2 = new Finding.Cvss(
                source.getKey(),
                "2.0",
                score.get("V2Vector").text(),
                score.get("V2Score").number());
        var v3 = new Finding.Cvss(
                source.getKey(),
                "3.1",
                score.get("V3Vector").text(),
                score.get("V3Score").number());
        return Stream.of(v3, v2).filter(each -> !each.vector().isEmpty());
    }
}
