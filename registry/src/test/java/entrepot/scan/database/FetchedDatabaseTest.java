package entrepot.scan.database;

import static entrepot.operation.Images.byTag;
import static entrepot.scan.database.DatabaseArchives.database;
import static entrepot.scan.database.DatabaseArchives.file;
import static entrepot.scan.database.DatabaseArchives.special;
import static entrepot.scan.database.TrivyStandIn.ARTIFACT;
import static entrepot.scan.database.TrivyStandIn.knowing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RepositoryName;
import entrepot.domain.ScannerRules;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.operation.scanning.PushedImages;
import entrepot.scan.ContinuousScans;
import entrepot.scan.ScanWork;
import entrepot.scan.ScannedWorld;
import entrepot.store.Reserve;
import entrepot.store.StorageFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A database that lies in the registry itself, from its push to what is found by it.
@Timeout(120)
class FetchedDatabaseTest {

    private static final RepositoryName NAME = new RepositoryName(ARTIFACT.repository());
    private static final String TYPE = "application/vnd.aquasec.trivy.db.layer.v1.tar+gzip";

    @TempDir
    Path folder;

    @AutoClose
    private ScannedWorld scanned;

    private ScannerRules rules;
    private FetchedDatabase fetched;

    @BeforeEach
    void open() throws IOException, SQLException {
        scanned = new ScannedWorld(folder);
        scanned.world.create(NAME);
        Images.into(scanned.world, NAME);
        rules = TrivyStandIn.in(Files.createDirectories(folder.resolve("trivy")));
        fetched = opened();
    }

    private FetchedDatabase opened() throws IOException {
        var source = new OwnArtifact(scanned.means(), World.ID, NAME, ARTIFACT.tag());
        return opened(source, Reserve.NONE);
    }

    private FetchedDatabase opened(ArtifactSource source, Reserve reserve) throws IOException {
        var from = new FetchedDatabase.From(ARTIFACT, source, Duration.ofSeconds(5), reserve);
        return new FetchedDatabase(from, rules, place(), scanned.world.clock);
    }

    private Path place() {
        return folder.resolve("fetched");
    }

    private Digest push(String type, byte[] archive) {
        var layer = new Layers(scanned.world).push(NAME, archive);
        return put(Images.image("db", layer, archive.length)
                .text()
                .replace("application/vnd.oci.image.layer.v1.tar+gzip", type));
    }

    private Digest put(String manifest) {
        return scanned.images.put(NAME, ManifestBytes.ofText(manifest), "2");
    }

    private Digest push(String vulnerability) {
        return push(TYPE, database(knowing(vulnerability)));
    }

    private void refresh() throws IOException {
        scanned.world.clock.move(Duration.ofSeconds(5));
        fetched.refresh();
    }

    private String known() throws IOException {
        return fetched.current().source().name();
    }

    @Test
    void it_is_fetched_and_known_by_its_digest_and_as_old_as_it_says() throws IOException {
        var digest = push("CVE-1");
        assertThat(fetched.isComing()).isTrue();
        refresh();

        assertThat(fetched.isComing()).isFalse();
        assertThat(known()).isEqualTo("TRIVY " + digest.hex());
        assertThat(fetched.current().source().updatedAt()).isEqualTo(Instant.parse("2026-04-30T12:00:00Z"));
        assertThat(place().resolve("fresh")).doesNotExist();
    }

    @Test
    void a_push_to_its_tag_has_images_matched_anew_that_are_under_continuous_scanning() throws IOException {
        scanned.configure(ScanningConfiguration.Type.ENHANCED, ScannedWorld.rule(Frequency.CONTINUOUS_SCAN, "app"));
        push("CVE-1");
        refresh();
        var continuous = new ContinuousScans(scanned.means(), fetched);
        scanned.push("v1");
        scan(continuous);
        assertThat(found()).containsExactly("CVE-1");

        push("CVE-2");
        refresh();
        scan(continuous);
        assertThat(found()).containsExactly("CVE-2");
    }

    private void scan(ContinuousScans continuous) throws IOException {
        while (continuous.step()) {
            // until there is no more
        }
        var pushed = new PushedImages(scanned.world.metadata, scanned.world.clock);
        pushed.decide(pushed.first(10));
        var work = new ScanWork(scanned.means(), fetched, folder.resolve("scans"));
        for (var open = work.open(1); !open.isEmpty(); open = work.open(1)) {
            work.make(open.getFirst());
        }
    }

    private Stream<String> found() {
        return requireNonNull(scanned.found(byTag("v1")).enhancedFindings()).stream()
                .map(finding ->
                        String.valueOf(finding.packageVulnerabilityDetails().vulnerabilityId()));
    }

    static Stream<Arguments> refused() {
        var good = database(knowing("CVE-9"));
        var other = "The database's archive has something else in it than ";
        var unread = "The database's archive cannot be read";
        return Stream.of(
                Arguments.of("no gzip", "no archive".getBytes(UTF_8), unread),
                Arguments.of("no tar", DatabaseArchives.zipped(out -> out.write(new byte[99])), ""),
                Arguments.of("a part of one", Arrays.copyOf(good, good.length - 40), ""),
                Arguments.of("nothing", DatabaseArchives.of(tar -> {}), "The database's archive has no trivy.db"),
                Arguments.of("a way out", DatabaseArchives.of(tar -> file(tar, "../trivy.db", "x")), other),
                Arguments.of("a root", DatabaseArchives.of(tar -> file(tar, "/etc/trivy.db", "x")), other),
                Arguments.of("another file", DatabaseArchives.of(tar -> file(tar, "more", "x")), other),
                Arguments.of("a link", special("trivy.db", TarConstants.LF_SYMLINK), other),
                Arguments.of("a hard link", special("trivy.db", TarConstants.LF_LINK), other),
                Arguments.of("a device", special("trivy.db", TarConstants.LF_BLK), other),
                Arguments.of("mostly a hole", DatabaseArchives.sparse("trivy.db", 1L << 22), other),
                Arguments.of("a pipe", special("metadata.json", TarConstants.LF_FIFO), other),
                Arguments.of(
                        "a file twice",
                        DatabaseArchives.of(tar -> {
                            file(tar, "trivy.db", "x");
                            file(tar, "trivy.db", "y");
                        }),
                        other),
                Arguments.of("a long name", DatabaseArchives.named(2 << 20), unread),
                Arguments.of("100 GB", DatabaseArchives.saying(100L << 30), "The database unpacks to more than "),
                Arguments.of("less than it says", DatabaseArchives.saying(9_999), ""),
                Arguments.of("what the scanner cannot read", database("broken"), "The scanner ended with status 4"));
    }

    private static byte[] special(String name, byte kind) {
        return DatabaseArchives.of(tar -> DatabaseArchives.special(tar, name, kind, "/etc/passwd"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, byte[] archive, String why) throws IOException {
        var good = push("CVE-1");
        refresh();
        push(TYPE, archive);

        assertThatThrownBy(this::refresh)
                .as(what)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("oci://registry.example/tools/trivy-db:2: " + why);
        assertThat(known()).isEqualTo("TRIVY " + good.hex());
        try (var files = Files.list(place())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("current", good.hex());
        }
    }

    @Test
    void what_is_no_artifact_of_one_database_is_refused() throws IOException {
        var archive = database(knowing("CVE-1"));
        push("application/x-other", archive);
        assertThatThrownBy(this::refresh).hasMessageEndingWith("It has 0 layers with a database, not one");

        var image = Images.image("db", new Layers(scanned.world).push(NAME, archive), archive.length);
        scanned.images.put(NAME, image, "one");
        scanned.images.put(NAME, Images.index(image), "2");
        assertThatThrownBy(this::refresh).hasMessageEndingWith("It is no manifest of an image");
        assertThatThrownBy(fetched::current)
                .hasMessage("There is no vulnerability database: " + ARTIFACT + " was not to be had");
        assertThat(fetched.isComing()).isFalse();
    }

    @Test
    void where_there_is_no_such_tag_that_is_said() {
        assertThatThrownBy(this::refresh).hasMessage(ARTIFACT + ": It has no such tag");
        assertThat(fetched.isComing()).isFalse();
    }

    @Test
    void a_new_process_goes_on_with_what_the_last_one_had() throws IOException {
        var digest = push("CVE-1");
        refresh();
        Files.createDirectories(place().resolve("ab".repeat(32)));
        fetched = opened();

        assertThat(fetched.isComing()).isFalse();
        assertThat(known()).isEqualTo("TRIVY " + digest.hex());
        assertThat(place().resolve("ab".repeat(32))).doesNotExist();
    }

    @Test
    void scans_keep_what_they_began_with_and_the_tag_may_be_moved_back() throws IOException {
        var first = push("CVE-1");
        refresh();
        var begun = fetched.current();
        push("CVE-2");
        refresh();
        assertThat(begun.source().updatedAt()).isNotNull();
        assertThat(known()).isNotEqualTo("TRIVY " + first.hex());

        push("CVE-1");
        refresh();
        assertThat(known()).isEqualTo("TRIVY " + first.hex());
        assertThat(begun.source().name()).isEqualTo(known());
    }

    @Test
    void one_that_failed_is_not_fetched_again_at_once() throws IOException {
        push(TYPE, "x".getBytes(UTF_8));
        assertThatThrownBy(this::refresh).isInstanceOf(IOException.class);
        refresh();
        scanned.world.clock.move(Duration.ofMinutes(10));
        assertThatThrownBy(this::refresh).isInstanceOf(IOException.class);
    }

    @Test
    void one_that_could_not_be_shown_is_had_later() throws IOException {
        var first = push("CVE-1");
        failToShow();
        scanned.world.clock.move(Duration.ofMinutes(10));
        refresh();
        assertThat(known()).isEqualTo("TRIVY " + first.hex());

        push("CVE-2");
        refresh();
        push("CVE-1");
        failToShow();
        refresh();
        assertThat(known()).isEqualTo("TRIVY " + first.hex());
    }

    private void failToShow() throws IOException {
        var inTheWay = Files.createDirectory(place().resolve("current.new"));
        assertThatThrownBy(this::refresh).isInstanceOf(IOException.class);
        Files.delete(inTheWay);
    }

    @Test
    void one_that_there_is_no_room_for_is_not_fetched() throws IOException {
        push("CVE-1");
        var source = new OwnArtifact(scanned.means(), World.ID, NAME, ARTIFACT.tag());
        fetched = opened(source, () -> {
            throw new StorageFullException("full");
        });

        assertThatThrownBy(this::refresh).hasMessageEndingWith("full");
        assertThat(place().resolve("fresh")).doesNotExist();
    }
}
