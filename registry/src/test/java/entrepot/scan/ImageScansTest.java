package entrepot.scan;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.World.refusal;
import static entrepot.scan.ScannedWorld.rule;
import static entrepot.scan.StandInScanner.components;
import static entrepot.scan.StandInScanner.match;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.RepositoryName;
import entrepot.domain.ScanStatus;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.domain.Severity;
import entrepot.domain.StorageClass;
import entrepot.job.Failures;
import entrepot.job.OldScans;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.image.UpdateImageStorageClass;
import entrepot.operation.scanning.FindingsView.Attribute;
import entrepot.operation.scanning.FindingsView.Basic;
import entrepot.operation.scanning.PushedImages;
import entrepot.operation.scanning.StartImageScan;
import entrepot.store.Scans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a push to what is told of an image, with a scanner that says what is wanted.
class ImageScansTest {

    private static final String COMPLETE = "COMPLETE: The scan was completed successfully.";
    private static final String UNSUPPORTED =
            "UnsupportedImageError: The operating system and/or package manager are not supported.";

    @TempDir
    Path folder;

    @AutoClose
    private ScannedWorld scanned;

    @BeforeEach
    void open() throws IOException, SQLException {
        scanned = new ScannedWorld(folder);
    }

    @Test
    void a_push_is_scanned_where_the_repository_says_so() throws IOException {
        scanned.scanOnPush(World.APP);
        scanned.scanner.reports(match("CVE-1", "High"));
        scanned.push("v1");
        assertThat(scanned.status(byTag("v1"))).isEqualTo("IN_PROGRESS: null");
        scanned.run();

        var found = scanned.found(byTag("v1"));
        assertThat(scanned.status(byTag("v1"))).isEqualTo(COMPLETE);
        assertThat(found.findingSeverityCounts()).isEqualTo(Map.of("HIGH", 1));
        assertThat(found.enhancedFindings()).isNull();
        assertThat(found.vulnerabilitySourceUpdatedAt()).isEqualTo(StandInScanner.BUILT);
        assertThat(found.findings())
                .containsExactly(new Basic(
                        "CVE-1",
                        "made up",
                        "https://example.org/CVE-1",
                        Severity.HIGH,
                        List.of(
                                new Attribute("package_version", "3.0.9"),
                                new Attribute("package_name", "openssl"),
                                new Attribute("CVSS3_VECTOR", "CVSS:3.1/AV:N"),
                                new Attribute("CVSS3_SCORE", "7.5"))));
    }

    @Test
    void a_push_is_scanned_where_a_rule_of_the_registry_says_so_and_nowhere_else() throws IOException {
        scanned.configure(ScanningConfiguration.Type.BASIC, rule(Frequency.SCAN_ON_PUSH, "ap"));
        var other = new RepositoryName("other");
        scanned.world.create(other);
        Images.into(scanned.world, other).put(other, Images.image("o"), "o");
        scanned.push("v1");
        scanned.run();

        assertThat(scanned.status(byTag("v1"))).isEqualTo(COMPLETE);
        assertThat(refusal(() -> scanned.findings(other, byTag("o"), null, null)))
                .isEqualTo("ScanNotFoundException: Image scan does not exist for the image with '{imageDigest:'null',"
                        + " imageTag:'o'}' in the repository with name 'other' in the registry with id '123456789012'");
        assertThat(refusal(() -> scanned.findings(other, byDigest(Images.digest(Images.image("o"))), null, null)))
                .contains("'{imageDigest:'sha256:", "', imageTag:'null'}'");
    }

    @Test
    void the_scanner_is_given_the_image_as_a_layout_and_nothing_of_it_stays() throws IOException {
        scanned.scanOnPush(World.APP);
        scanned.push("v1");
        scanned.run();

        assertThat(scanned.scanner.seen()).contains("index.json", "oci-layout", "sha256");
        assertThat(scanned.scans()).isEmptyDirectory();
    }

    @Test
    void an_image_is_scanned_on_request_once_in_a_day() throws IOException {
        scanned.push("v1");
        var started = scanned.start(byTag("v1"));

        assertThat(started.imageScanStatus().status()).isEqualTo(ScanStatus.IN_PROGRESS);
        assertThat(started.imageId().imageTag()).hasToString("v1");
        assertThat(refusal(() -> scanned.start(byTag("v1"))))
                .isEqualTo("LimitExceededException: The scan quota per image has been exceeded. Wait and try again.");
        scanned.run();
        scanned.world.clock.move(Duration.ofHours(24));
        scanned.start(byTag("v1"));
    }

    @Test
    void a_scan_on_push_counts_for_that_day() throws IOException {
        scanned.scanOnPush(World.APP);
        scanned.push("v1");

        assertThat(refusal(() -> scanned.start(byTag("v1")))).startsWith("LimitExceededException");
        scanned.run();
        assertThat(refusal(() -> scanned.start(byTag("v1")))).startsWith("LimitExceededException");
    }

    @Test
    void what_is_no_image_and_what_is_archived_is_not_scanned() throws IOException {
        var image = Images.image("v1");
        scanned.push("v1");
        var index = scanned.images.put(World.APP, Images.index(image), "list");
        scanned.push("old");
        archive("old");

        assertThat(refusal(() -> scanned.start(byDigest(index)))).startsWith("UnsupportedImageTypeException");
        assertThat(refusal(() -> scanned.start(byTag("old")))).startsWith("ImageArchivedException");
        assertThat(refusal(() -> scanned.start(byTag("none")))).startsWith("ImageNotFoundException");
    }

    private void archive(String tag) {
        scanned.world.call(
                scanned.world.the(UpdateImageStorageClass.class),
                new UpdateImageStorageClass.Input(null, World.APP, byTag(tag), StorageClass.ARCHIVE));
    }

    @Test
    void without_a_scanner_and_under_enhanced_scanning_no_scan_is_started() {
        scanned.push("v1");
        var disabled = "ValidationException: This feature is disabled";
        var without = scanned.world.the(StartImageScan.class);

        assertThat(refusal(() -> scanned.world.call(without, new StartImageScan.Input(null, World.APP, byTag("v1")))))
                .isEqualTo(disabled);
        scanned.configure(ScanningConfiguration.Type.ENHANCED);
        assertThat(refusal(() -> scanned.start(byTag("v1")))).isEqualTo(disabled);
    }

    private Map<String, Integer> counts(String tag) {
        return scanned.found(byTag(tag)).findingSeverityCounts();
    }

    @Test
    void findings_come_in_pages_the_worst_first() throws IOException {
        scanned.push("v1");
        scanned.scanner.reports(IntStream.range(0, 2_500)
                .mapToObj(number -> match("CVE-" + number, number == 1_777 ? "Critical" : "Low"))
                .collect(Collectors.joining(",")));
        scanned.start(byTag("v1"));
        scanned.run();

        var names = new ArrayList<String>();
        String token = null;
        do {
            var page = scanned.findings(World.APP, byTag("v1"), token, 1_000);
            requireNonNull(requireNonNull(page.imageScanFindings()).findings())
                    .forEach(finding -> names.add(finding.name()));
            token = page.nextToken();
        } while (token != null);

        assertThat(names).hasSize(2_500).doesNotHaveDuplicates().startsWith("CVE-1777", "CVE-0", "CVE-1");
        assertThat(counts("v1")).isEqualTo(Map.of("CRITICAL", 1, "LOW", 2_499));
    }

    @Test
    void a_token_is_of_one_scan() throws IOException {
        scanned.push("v1");
        scanned.scanner.reports(match("CVE-1", "Low") + "," + match("CVE-2", "Low"));
        scanned.start(byTag("v1"));
        scanned.run();
        var token = scanned.findings(World.APP, byTag("v1"), null, 1).nextToken();
        scanned.world.clock.move(Duration.ofDays(2));
        scanned.start(byTag("v1"));
        scanned.run();

        assertThat(token).isNotNull();
        assertThat(refusal(() -> scanned.findings(World.APP, byTag("v1"), token, 1)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'nextToken' failed to satisfy constraint:"
                        + " 'Invalid token'");
    }

    @Test
    void what_is_not_known_does_not_look_clean() throws IOException {
        scanned.scanner.lists(components("debian", "99", 3));
        scanned.push("v1");
        scanned.start(byTag("v1"));
        scanned.run();
        assertThat(scanned.status(byTag("v1")))
                .isEqualTo(
                        "UNSUPPORTED_IMAGE: " + UNSUPPORTED + " The vulnerability database does not know debian 99.");
        assertThat(scanned.findings(byTag("v1")).imageScanFindings()).isNull();

        scanned.scanner.lists(components("", "", 0));
        scanned.push("v2");
        scanned.start(byTag("v2"));
        scanned.run();
        assertThat(scanned.status(byTag("v2"))).isEqualTo("FAILED: " + UNSUPPORTED);
    }

    @Test
    void a_scan_that_failed_says_why_and_can_be_started_again() throws IOException {
        scanned.scanner.program("exit 3");
        scanned.push("v1");
        scanned.start(byTag("v1"));
        scanned.run();
        assertThat(scanned.status(byTag("v1"))).isEqualTo("FAILED: The scanner ended with status 3");
        assertThat(scanned.scans()).isEmptyDirectory();

        scanned.start(byTag("v1"));
        Files.delete(scanned.scanner.database().resolve("6").resolve("vulnerability.db"));
        scanned.run();
        assertThat(scanned.status(byTag("v1"))).isEqualTo("FAILED: There is no vulnerability database");
    }

    @Test
    void the_age_of_an_old_database_is_told() throws IOException {
        scanned.scanner.built(scanned.world.clock.instant().minus(Duration.ofDays(30)));
        scanned.push("v1");
        scanned.start(byTag("v1"));
        scanned.run();

        assertThat(scanned.status(byTag("v1"))).isEqualTo(COMPLETE + " The vulnerability database is 30 days old.");
    }

    @Test
    void an_image_that_is_archived_or_deleted_loses_what_was_found() throws IOException {
        scanned.scanOnPush(World.APP);
        scanned.push("v1");
        var second = scanned.push("v2");
        scanned.run();
        archive("v1");
        scanned.images.delete(entrepot.domain.Law.ECR, World.APP, byDigest(second));

        assertThat(refusal(() -> scanned.findings(byTag("v1")))).startsWith("ScanNotFoundException");
        var over = scanned.world.metadata.read(tx -> tx.scans().over(10));
        assertThat(over).hasSize(2);
    }

    @Test
    void an_image_that_goes_before_its_scan_is_not_scanned() throws IOException {
        scanned.scanOnPush(World.APP);
        var digest = scanned.push("v1");
        scanned.images.delete(entrepot.domain.Law.ECR, World.APP, byDigest(digest));
        scanned.run();

        assertThat(scanned.outcomes).isEmpty();
    }

    @Test
    void one_scan_is_made_by_one_node_alone() throws IOException {
        scanned.push("v1");
        scanned.start(byTag("v1"));
        var first = scanned.work(Duration.ofSeconds(60));
        var open = first.open(1).getFirst();
        scanned.world.metadata.transact(tx -> tx.scans()
                .claim(
                        open,
                        scanned.world.clock.instant(),
                        scanned.world.clock.instant().plusSeconds(120),
                        scanned.world.clock.instant().plusSeconds(60)));

        assertThat(first.make(open)).isFalse();
        assertThat(first.open(1)).isEmpty();
        scanned.world.clock.move(Duration.ofSeconds(61));
        assertThat(first.open(1)).hasSize(1);
    }

    @Test
    void a_clock_that_is_a_little_behind_takes_no_scan_from_who_makes_it() throws IOException {
        scanned.push("v1");
        scanned.start(byTag("v1"));
        var work = scanned.work(Duration.ofSeconds(60));
        var open = work.open(1).getFirst();
        assertThat(ScanClaim.take(scanned.means(), open)).isPresent();
        scanned.world.clock.move(Duration.ofSeconds(-30));

        assertThat(work.open(1)).isEmpty();
        assertThat(work.make(open)).isFalse();
    }

    @Test
    void nothing_is_written_of_a_scan_that_is_this_nodes_no_more() throws IOException {
        scanned.scanOnPush(World.APP);
        var digest = scanned.push("v1");
        var pushed = new PushedImages(scanned.world.metadata, scanned.world.clock);
        pushed.decide(pushed.first(10));
        var open = scanned.work(Duration.ofSeconds(60)).open(1).getFirst();
        var claim = ScanClaim.take(scanned.means(), open).orElseThrow();
        var target = ScanTarget.find(scanned.means(), claim).orElseThrow();
        scanned.images.delete(entrepot.domain.Law.ECR, World.APP, byDigest(digest));
        new OldScans(scanned.world.metadata).step(new Failures());
        var finding = new Scans.Finding(Severity.LOW, 1, new byte[] {1});

        assertThatThrownBy(() -> target.add(List.of(finding))).isInstanceOf(GivenUpException.class);
        assertThatThrownBy(() -> target.keepComponents(new byte[] {1})).isInstanceOf(GivenUpException.class);
        var found = scanned.world.metadata.read(tx -> tx.scans().findings(open, Scans.Place.START, 10, target.cover()));
        assertThat(found).isEmpty();
        var components = scanned.world.metadata.read(tx -> tx.scans().components(open, target.cover()));
        assertThat(components).isEmpty();
    }

    @Test
    void whoever_is_told_of_scans_is_told_with_the_tags_and_counts() throws IOException {
        scanned.scanOnPush(World.APP);
        scanned.scanner.reports(match("CVE-1", "High"));
        var digest = scanned.push("v1");
        scanned.run();

        assertThat(scanned.outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.image().digest()).isEqualTo(digest);
            assertThat(outcome.tags()).extracting(Object::toString).containsExactly("v1");
            assertThat(outcome.counts()).isEqualTo(Map.of(Severity.HIGH, 1));
            assertThat(outcome.status()).isEqualTo(ScanStatus.COMPLETE);
        });
    }

    @Test
    void an_encrypted_image_is_opened_for_the_scanner_alone() throws IOException {
        var secret = new RepositoryName("secret");
        scanned.world.createEncrypted(secret);
        scanned.scanOnPush(secret);
        scanned.scanner.reports(match("CVE-1", "High"));
        Images.into(scanned.world, secret).put(secret, Images.image("v1"), "v1");
        scanned.run();

        assertThat(requireNonNull(scanned.findings(secret, byTag("v1"), null, null)
                                .imageScanFindings())
                        .findings())
                .hasSize(1);
        assertThat(scanned.scans()).isEmptyDirectory();
    }
}
