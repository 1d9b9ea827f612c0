package entrepot.scan;

import static entrepot.operation.Images.byTag;
import static entrepot.operation.World.refusal;
import static entrepot.scan.StandInScanner.match;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.ScanningConfiguration;
import entrepot.job.Failures;
import entrepot.job.OldScans;
import entrepot.operation.World;
import entrepot.operation.image.BatchGetImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scanning that goes on, and what it keeps images from.
class EnhancedScansTest {

    @TempDir
    Path folder;

    @AutoClose
    private ScannedWorld scanned;

    @BeforeEach
    void open() throws IOException, SQLException {
        scanned = new ScannedWorld(folder);
    }

    @Test
    void enhanced_scanning_has_its_own_shape_and_hides_what_basic_scanning_found() throws IOException {
        scanned.scanOnPush(World.APP);
        scanned.push("v1");
        scanned.run();
        scanned.configure(ScanningConfiguration.Type.ENHANCED);
        assertThat(refusal(() -> scanned.findings(byTag("v1")))).startsWith("ScanNotFoundException");

        scanned.scanner.reports(match("CVE-1", "Critical"));
        scanned.push("v2");
        assertThat(scanned.status(byTag("v2"))).isEqualTo("PENDING: null");
        scanned.run();

        assertThat(scanned.status(byTag("v2"))).isEqualTo("ACTIVE: Continuous scan is selected for image.");
        var found = scanned.found(byTag("v2"));
        assertThat(found.findings()).isNull();
        assertThat(found.enhancedFindings()).singleElement().satisfies(finding -> {
            assertThat(finding.title()).isEqualTo("CVE-1 - openssl");
            assertThat(finding.severity()).isEqualTo("CRITICAL");
            assertThat(finding.score()).isEqualTo(7.5);
            assertThat(finding.fixAvailable()).isEqualTo("YES");
            assertThat(finding.packageVulnerabilityDetails().vulnerablePackages())
                    .singleElement()
                    .satisfies(affected -> assertThat(affected.fixedInVersion()).isEqualTo("3.0.11"));
        });
        scanned.configure(ScanningConfiguration.Type.BASIC);
        assertThat(scanned.status(byTag("v1"))).isEqualTo("COMPLETE: The scan was completed successfully.");
    }

    @Test
    void new_vulnerabilities_are_found_in_images_under_continuous_scanning_without_their_layers() throws IOException {
        scanned.push("before");
        scanned.configure(ScanningConfiguration.Type.ENHANCED);
        var continuous = new ContinuousScans(scanned.means(), scanned.scanner::scanner);
        scanned.push("v1");
        round(continuous);
        scanned.run();
        assertThat(counts("v1")).isEmpty();
        assertThat(counts("before")).isEmpty();

        Files.delete(folder.resolve("program").resolve("seen"));
        scanned.scanner.reports(match("CVE-9", "High"));
        scanned.scanner.built(StandInScanner.BUILT.plusSeconds(60));
        round(continuous);
        assertThat(counts("v1")).isEmpty();
        scanned.run();

        assertThat(counts("v1")).isEqualTo(Map.of("HIGH", 1));
        assertThat(counts("before")).isEqualTo(Map.of("HIGH", 1));
        assertThat(folder.resolve("program").resolve("seen")).doesNotExist();
        assertThat(continuous.step()).isFalse();
    }

    /// Nodes come to know of new vulnerabilities one after the other.
    @Test
    void what_another_node_scanned_by_those_of_before_is_scanned_again_a_while_later() throws IOException {
        scanned.configure(ScanningConfiguration.Type.ENHANCED);
        var continuous = new ContinuousScans(scanned.means(), scanned.scanner::scanner);
        scanned.push("v1");
        scanned.run();
        scanned.scanner.built(StandInScanner.BUILT.plusSeconds(60));
        round(continuous);
        scanned.scanner.built(StandInScanner.BUILT);
        scanned.run(); // as a node does which does not know yet
        scanned.scanner.built(StandInScanner.BUILT.plusSeconds(60));
        assertThat(continuous.step()).isFalse();

        scanned.world.clock.move(Duration.ofMinutes(10));
        scanned.scanner.reports(match("CVE-9", "High"));
        round(continuous);
        scanned.run();
        assertThat(counts("v1")).isEqualTo(Map.of("HIGH", 1));
        scanned.world.clock.move(Duration.ofHours(1));
        assertThat(continuous.step()).isFalse();
    }

    private static void round(ContinuousScans scans) throws IOException {
        while (scans.step()) {
            // until all have been looked at
        }
    }

    private Map<String, Integer> counts(String tag) {
        return scanned.found(byTag(tag)).findingSeverityCounts();
    }

    @Test
    void images_with_findings_as_bad_as_configured_are_given_to_nobody() throws IOException {
        scanned.scanOnPush(World.APP);
        scanned.scanner.reports(match("CVE-1", "High"));
        scanned.push("high");
        scanned.run();
        scanned.scanner.reports(match("CVE-2", "Critical"));
        var critical = scanned.push("critical");
        assertThat(get("critical").images()).hasSize(1);
        scanned.run();

        assertThat(get("high").images()).hasSize(1);
        assertThat(refusal(() -> get("critical")))
                .isEqualTo("AccessDeniedException: User: arn:aws:iam::123456789012:root is not authorized to perform:"
                        + " ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository/app"
                        + " because a scan of the image " + critical + " has findings of severity CRITICAL or worse");
        assertThat(scanned.images.get(World.APP, byTag("critical")).images())
                .as("where it is not configured")
                .hasSize(1);
    }

    @Test
    void they_are_given_to_nobody_while_they_are_scanned_again_and_after_a_scan_that_failed() throws IOException {
        scanned.scanOnPush(World.APP);
        scanned.scanner.reports(match("CVE-1", "Critical"));
        scanned.push("v1");
        scanned.run();
        scanned.world.clock.move(Duration.ofDays(2));
        scanned.start(byTag("v1"));
        assertKept("v1");

        scanned.scanner.program("exit 3");
        scanned.run();
        assertThat(scanned.status(byTag("v1"))).startsWith("FAILED");
        assertKept("v1");

        scanned.scanner.works();
        scanned.scanner.reports(match("CVE-1", "High"));
        scanned.world.clock.move(Duration.ofDays(2));
        scanned.start(byTag("v1"));
        scanned.run();
        assertThat(get("v1").images()).hasSize(1);
        new OldScans(scanned.world.metadata).step(new Failures());
        var over = scanned.world.metadata.read(tx -> tx.scans().over(10));
        assertThat(over).isEmpty();
    }

    private void assertKept(String tag) {
        new OldScans(scanned.world.metadata).step(new Failures());
        assertThat(refusal(() -> get(tag))).startsWith("AccessDeniedException");
    }

    private BatchGetImage.Output get(String tag) {
        return scanned.world.call(
                scanned.blocking(BatchGetImage.class),
                new BatchGetImage.Input(null, World.APP, List.of(byTag(tag)), null));
    }
}
