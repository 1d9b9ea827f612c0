package entrepot.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.ScannerDatabase;
import entrepot.domain.ScannerRules;
import entrepot.scanner.Grype;
import entrepot.scanner.Scanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A program that is called as Grype is and says what a test wants, whatever the image: what an image is made of, and
/// what of that is vulnerable.
///
/// @param folder where it lies
public record StandInScanner(Path folder) {

    public static final Instant BUILT = Instant.parse("2026-05-01T06:00:00Z");

    /// One that knows Debian 12, and says that an image of it has three packages and no vulnerability.
    public static StandInScanner in(Path folder) throws IOException, SQLException {
        var scanner = new StandInScanner(folder);
        Files.createDirectories(scanner.database().resolve("6"));
        scanner.knows("debian", "12");
        scanner.built(BUILT);
        scanner.lists(components("debian", "12", 3));
        scanner.reports("");
        scanner.works();
        return scanner;
    }

    /// Says what is wanted, again.
    public void works() throws IOException {
        program("""
            case "$1" in
              oci-dir:*) ls -R "${1#oci-dir:}" > %1$s/seen; cat %1$s/components ;;
              sbom:*) cat %1$s/report ;;
            esac
            """.formatted(folder));
    }

    public Path database() {
        return folder.resolve("database");
    }

    private Path file() {
        return database().resolve("6").resolve("vulnerability.db");
    }

    private void knows(String name, String version) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var sql = connection.createStatement()) {
            sql.execute("create table operating_systems (name text, release_id text, major_version text)");
            sql.execute(
                    "create table operating_system_specifier_overrides (alias text, replacement text, rolling int)");
            sql.execute("insert into operating_systems values ('%1$s', '%1$s', '%2$s')".formatted(name, version));
        }
    }

    /// Its vulnerabilities are others now.
    public void built(Instant at) throws IOException {
        Files.setLastModifiedTime(file(), FileTime.from(at));
    }

    /// What it does, as a shell's program.
    public void program(String text) throws IOException {
        var program = folder.resolve("scanner");
        Files.writeString(program, "#!/bin/sh\n" + text, UTF_8);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    public void lists(String components) throws IOException {
        Files.writeString(folder.resolve("components"), components);
    }

    /// What it finds from now on.
    ///
    /// @param matches with commas between
    public void reports(String matches) throws IOException {
        Files.writeString(folder.resolve("report"), "{\"matches\":[" + matches + "]}");
    }

    /// What it was given at last.
    public String seen() throws IOException {
        return Files.readString(folder.resolve("seen"));
    }

    public static String components(String system, String version, int packages) {
        var all = IntStream.range(0, packages)
                .mapToObj(number -> "{\"type\":\"library\",\"name\":\"p%d\",\"version\":\"1\"}".formatted(number));
        var os = "{\"type\":\"operating-system\",\"name\":\"%s\",\"version\":\"%s\"}".formatted(system, version);
        return "{\"bomFormat\":\"CycloneDX\",\"components\":["
                + java.util.stream.Stream.concat(
                                system.isEmpty() ? java.util.stream.Stream.empty() : java.util.stream.Stream.of(os),
                                all)
                        .collect(Collectors.joining(","))
                + "]}";
    }

    /// A vulnerability as Grype tells it.
    public static String match(String name, String severity) {
        return """
            {"vulnerability":{"id":"%1$s","dataSource":"https://example.org/%1$s","namespace":"debian:distro:debian:12",
            "severity":"%2$s","description":"made up","cvss":[{"source":"nvd","version":"3.1","vector":"CVSS:3.1/AV:N",
            "metrics":{"baseScore":7.5}}],"fix":{"versions":["3.0.11"]}},"artifact":{"name":"openssl","version":"3.0.9",
            "type":"deb","locations":[{"path":"/var/lib/dpkg/status","layerID":"sha256:00"}]}}\
            """.formatted(name, severity);
    }

    /// Of one that keeps images with critical findings from everybody.
    public ScannerRules blocking() {
        var usual = rules();
        return new ScannerRules(
                usual.engine(),
                usual.command(),
                usual.database(),
                usual.timeout(),
                usual.concurrency(),
                usual.memory(),
                false,
                entrepot.domain.Severity.CRITICAL);
    }

    public ScannerRules rules() {
        return rules(Duration.ofSeconds(60));
    }

    public ScannerRules rules(Duration timeout) {
        return new ScannerRules(
                ScannerRules.Engine.GRYPE,
                folder.resolve("scanner"),
                new ScannerDatabase.Folder(database()),
                timeout,
                1,
                1L << 30,
                false,
                null);
    }

    public Scanner scanner() {
        return scanner(Duration.ofSeconds(60));
    }

    public Scanner scanner(Duration timeout) {
        return new Scanner(new Grype(folder.resolve("scanner"), database()), rules(timeout));
    }
}
