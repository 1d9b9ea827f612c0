package entrepot.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Finding;
import entrepot.domain.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What scanners write is read as far as it can be, and nothing that they write does harm.
class ReportsTest {

    @TempDir
    Path folder;

    private final Trivy trivy = new Trivy(Path.of("trivy"), Path.of("/db"));
    private final Grype grype = new Grype(Path.of("grype"), Path.of("/db"));

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("report"), text);
    }

    private List<Finding> read(ScanEngine engine, String text) throws IOException {
        var findings = new ArrayList<Finding>();
        engine.read(file(text), findings::add);
        return findings;
    }

    @Test
    void trivy_tells_findings_by_the_kind_of_package() throws IOException {
        var found = read(trivy, """
            {"SchemaVersion":2,"Results":[{"Target":"debian"},{"Target":"x","Vulnerabilities":[{
            "VulnerabilityID":"CVE-1","PkgName":"openssl","InstalledVersion":"3.0.9","FixedVersion":"3.0.11",
            "PkgIdentifier":{"PURL":"pkg:deb/debian/openssl@3.0.9"},"Layer":{"Digest":"sha256:00"},
            "References":["https://example.org/1"],"Title":"short","Severity":"UNKNOWN","DataSource":{"ID":"debian"},
            "CVSS":{"nvd":{"V2Vector":"AV:N","V2Score":5,"V3Vector":"CVSS:3.1/AV:N","V3Score":7.5}}}]}]}
            """);

        assertThat(found)
                .containsExactly(new Finding(
                        "CVE-1",
                        Severity.UNDEFINED,
                        "short",
                        "https://example.org/1",
                        "debian",
                        new Finding.Affected("openssl", "3.0.9", "deb", "sha256:00", ""),
                        "3.0.11",
                        List.of(
                                new Finding.Cvss("nvd", "3.1", "CVSS:3.1/AV:N", 7.5),
                                new Finding.Cvss("nvd", "2.0", "AV:N", 5))));
    }

    @Test
    void trivy_without_results_found_nothing() throws IOException {
        assertThat(read(trivy, "{\"SchemaVersion\":2,\"ArtifactName\":\"x\"}")).isEmpty();
    }

    @Test
    void what_scanners_call_negligible_only_informs() throws IOException {
        var found = read(
                grype,
                "{\"matches\":[{\"vulnerability\":{\"id\":\"a\",\"severity\":\"Negligible\"}},"
                        + "{\"vulnerability\":{\"id\":\"b\",\"severity\":\"Unknown\"}},{\"vulnerability\":{\"id\":\"c\"}}]}");

        assertThat(found)
                .extracting(Finding::severity)
                .containsExactly(Severity.INFORMATIONAL, Severity.UNDEFINED, Severity.UNDEFINED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "no JSON",
                "{}",
                "{\"matches\":[{]}",
                "{\"matches\":[",
                "{\"other\":[]}",
                "{\"matches\":[{\"vulnerability\":{\"id\":\"a\"}}"
            })
    void what_is_no_report_is_told_as_such(String text) {
        for (var engine : List.of(grype, trivy)) {
            assertThatThrownBy(() -> read(engine, text))
                    .isInstanceOf(ScanFailedException.class)
                    .hasMessage("The scanner's report cannot be read");
        }
    }

    @Test
    void what_is_too_deep_or_too_long_is_refused_or_cut() throws IOException {
        assertThatThrownBy(() -> read(grype, "{\"matches\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}"))
                .isInstanceOf(ScanFailedException.class);
        assertThatThrownBy(() -> read(grype, "{\"matches\":[{\"a\":\"" + "x".repeat(2 << 20) + "\"}]}"))
                .isInstanceOf(ScanFailedException.class);
        var longOne = "{\"matches\":[{\"vulnerability\":{\"id\":\"a\",\"description\":\"%s\",\"cvss\":[%s{}]}}]}"
                .formatted("d\\u0000".repeat(5_000), "{\"vector\":\"v\"},".repeat(500));

        assertThat(read(grype, longOne)).singleElement().satisfies(finding -> {
            assertThat(finding.description()).hasSize(1_000).doesNotContain("\0");
            assertThat(finding.scores()).hasSize(32);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "[1]", "{\"vulnerability\":7}", "{\"vulnerability\":{\"id\":{}}}", "null"})
    void a_finding_that_is_none_has_no_name(String match) throws IOException {
        assertThat(read(grype, "{\"matches\":[" + match + "]}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.name()).isEmpty());
    }

    @Test
    void components_are_counted_without_files_and_systems() throws IOException {
        var document = file("""
            {"bomFormat":"CycloneDX","components":[{"type":"library","name":"a"},{"type":"file","name":"/a"},
            {"type":"operating-system","name":"alpine","version":"3.18.0"},{"type":"application","name":"b"}]}
            """);

        assertThat(Components.read(document))
                .isEqualTo(new Components(new Components.OperatingSystem("alpine", "3.18.0"), 2));
        assertThat(Components.read(file("{\"bomFormat\":\"CycloneDX\"}"))).isEqualTo(new Components(null, 0));
        assertThatThrownBy(() -> Components.read(file("{\"components\":[]}"))).isInstanceOf(ScanFailedException.class);
    }

    @Test
    void trivy_knows_the_releases_whose_names_are_in_its_file() throws IOException {
        var database = Files.createDirectories(folder.resolve("db"));
        Files.writeString(database.resolve("trivy.db"), "x".repeat((1 << 20) - 5) + "debian 12\0alpine 3.18\0");
        var engine = new Trivy(Path.of("trivy"), folder);

        assertThat(engine.knows(new Components.OperatingSystem("debian", "12.4")))
                .isTrue();
        assertThat(engine.knows(new Components.OperatingSystem("debian", "99"))).isFalse();
        assertThat(engine.knows(new Components.OperatingSystem("alpine", "3.18.0")))
                .isTrue();
        assertThat(engine.knows(new Components.OperatingSystem("alpine", "3.99.0")))
                .isFalse();
        assertThat(engine.knows(new Components.OperatingSystem("rocky", "9"))).isTrue();
    }
}
