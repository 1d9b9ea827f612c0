package entrepot.scanner;

import entrepot.domain.Finding;
import entrepot.domain.ImageScan;
import entrepot.domain.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Grype, with a database of its schema 6: `<database>/6/vulnerability.db`. Source: its manual, and
/// `grype/db/v6` for the tables.
///
/// @param command the program
/// @param database the folder that it calls its cache
public record Grype(Path command, Path database) implements ScanEngine {

    /// A release by its own name or the one that its packages are known by. Those that roll have no version.
    private static final String KNOWN = "select 1 from operating_systems o where (o.name = ?1 or o.release_id = ?1"
            + " or exists (select 1 from operating_system_specifier_overrides s where s.alias = ?1 and (s.replacement ="
            + " o.name or s.rolling = 1))) and (o.major_version = '' or o.major_version = ?2 or ?2 = '') limit 1";

    @Override
    public List<String> listing(Path layout) {
        return List.of(command.toString(), "oci-dir:" + layout, "-q", "-o", "cyclonedx-json");
    }

    @Override
    public List<String> matching(Path components) {
        return List.of(command.toString(), "sbom:" + components, "-q", "-o", "json");
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "GRYPE_DB_CACHE_DIR", database.toAbsolutePath().toString(),
                "GRYPE_DB_AUTO_UPDATE", "false",
                "GRYPE_DB_VALIDATE_AGE", "false",
                "GRYPE_CHECK_FOR_APP_UPDATE", "false",
                "GRYPE_EXTERNAL_SOURCES_ENABLE", "false");
    }

    private Path file() {
        return database.resolve("6").resolve("vulnerability.db");
    }

    @Override
    public ImageScan.Source source() throws IOException {
        var source = DatabaseFile.source("grype", file(), file().resolveSibling("import.json"), "digest");
        return new ImageScan.Source(source.name(), built().orElse(source.updatedAt()));
    }

    /// As it tells itself; empty where it does not.
    private Optional<Instant> built() {
        try (var connection = DriverManager.getConnection(url());
                var question = connection.prepareStatement("select build_timestamp from db_metadata");
                var row = question.executeQuery()) {
            return row.next() ? Optional.of(time(row.getString(1))) : Optional.empty();
        } catch (SQLException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /// `2026-05-01 06:00:00+00:00`.
    private static Instant time(@Nullable String text) {
        return OffsetDateTime.parse(String.valueOf(text).replace(' ', 'T')).toInstant();
    }

    private String url() {
        return "jdbc:sqlite:file:" + file().toAbsolutePath() + "?mode=ro&immutable=1";
    }

    @Override
    public boolean knows(Components.OperatingSystem system) throws IOException {
        try (var connection = DriverManager.getConnection(url());
                var question = connection.prepareStatement(KNOWN)) {
            question.setString(1, system.name());
            question.setString(2, system.version().split("\\.", -1)[0]);
            try (var row = question.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new ScanFailedException("The vulnerability database cannot be read");
        }
    }

    @Override
    public void read(Path report, Consumer<Finding> findings) throws IOException {
        new JsonReport(report).each(List.of("matches"), "matches", match -> findings.accept(finding(match)));
    }

    private static Finding finding(BoundedTree match) {
        var vulnerability = match.get("vulnerability");
        return new Finding(
                vulnerability.get("id").text(),
                Severity.of(vulnerability.get("severity").text()),
                vulnerability.get("description").text(),
                vulnerability.get("dataSource").text(),
                vulnerability.get("namespace").text(),
                affected(match.get("artifact")),
                vulnerability.get("fix").get("versions").first().text(),
                vulnerability.get("cvss").elements().map(Grype::score).toList());
    }

    private static Finding.Affected affected(BoundedTree artifact) {
        var place = artifact.get("locations").first();
        return new Finding.Affected(
                artifact.get("name").text(),
                artifact.get("version").text(),
                artifact.get("type").text(),
                place.get("layerID").text(),
                place.get("path").text());
    }

    private static Finding.Cvss score(BoundedTree score) {
        return new Finding.Cvss(
                score.get("source").text(),
                score.get("version").text(),
                score.get("vector").text(),
                score.get("metrics").get("baseScore").number());
    }
}
