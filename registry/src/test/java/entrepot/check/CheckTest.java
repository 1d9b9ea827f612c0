package entrepot.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Digest.Algorithm;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Progress;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.store.Cover;
import entrepot.store.MetadataStore;
import entrepot.store.NewImage;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small registry, damaged in one way in each test, beside a server that has it open.
class CheckTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final BlobKey KEY = new BlobKey("01950000-0000-7000-8000-0000000000ab");
    private static final String LAYER = "the layer";
    private static final RegistryId REGISTRY = new RegistryId(new AccountId("123456789012"), "eu-west-1");
    private static final RepositoryName APP = new RepositoryName("app");
    private static final Digest LAYER_DIGEST = digest(LAYER);
    private static final ManifestBytes IMAGE =
            ManifestBytes.ofText("""
            {"schemaVersion": 2, "mediaType": "%1$s",
             "config": {"mediaType": "a/b", "digest": "%2$s", "size": 9},
             "layers": [{"mediaType": "a/b", "digest": "%2$s", "size": 9},
                        {"mediaType": "a/b", "digest": "%3$s", "size": 9, "urls": ["https://example.org"]}]}
            """.formatted(MediaType.OCI_MANIFEST, LAYER_DIGEST, digest("elsewhere")));
    private static final Digest IMAGE_DIGEST = IMAGE.digest(Algorithm.SHA256);
    private static final ManifestBytes INDEX = ManifestBytes.ofText("""
            {"schemaVersion": 2, "mediaType": "%s",
             "manifests": [{"mediaType": "a/b", "digest": "%s", "size": 9}]}
            """.formatted(MediaType.OCI_INDEX, IMAGE_DIGEST));
    private static final String IMAGE_NAME = "123456789012/eu-west-1/app@" + IMAGE_DIGEST;

    @TempDir
    Path directory;

    private MetadataStore metadata;
    private Path bytes;
    private final List<String> problems = new ArrayList<>();

    @BeforeEach
    void make_a_registry() throws IOException {
        var blobs = TestStores.blobsIn(directory);
        blobs.create(KEY);
        blobs.append(KEY, Progress.of(0), new Content.Bytes(LAYER.getBytes(UTF_8)));
        blobs.seal(KEY, Progress.of(LAYER.length()));
        bytes = directory.resolve("blobs/ab").resolve(KEY.value());
        metadata = TestStores.metadataIn(directory);
        metadata.transact(tx -> {
            var app = tx.repositories().create(REGISTRY, APP, TagMutability.MUTABLE, false, NOW);
            tx.layers().link(app, tx.layers().store(LAYER_DIGEST, LAYER.length(), KEY, null, NOW), NOW);
            var image = tx.images().add(app, image(IMAGE_DIGEST, MediaType.OCI_MANIFEST, true), IMAGE, Cover.NONE);
            tx.images().tag(app, new Tag("v1"), image, NOW);
            tx.images().add(app, image(INDEX.digest(Algorithm.SHA256), MediaType.OCI_INDEX, false), INDEX, Cover.NONE);
            return true;
        });
    }

    @AfterEach
    void close_the_registry() {
        metadata.close();
    }

    @Test
    void a_sound_registry_has_no_problems() throws IOException {
        assertThat(check()).isEqualTo(new Check.Summary(1, 2, 1, 9, 0));
        assertThat(problems).isEmpty();
    }

    @Test
    void a_manifest_of_many_names_that_look_alike_is_no_problem() throws IOException {
        var names = IntStream.range(0, 150_000)
                .mapToObj("\"%018x\":\"\""::formatted)
                .collect(joining(","));
        var manifest = ManifestBytes.ofText(IMAGE.text().replaceFirst("\\{", "{\"annotations\":{" + names + "},"));
        metadata.transact(tx -> {
            var app = tx.repositories().find(REGISTRY, APP).orElseThrow();
            return tx.images()
                    .add(
                            app,
                            image(manifest.digest(Algorithm.SHA256), MediaType.OCI_MANIFEST, true),
                            manifest,
                            Cover.NONE);
        });

        check();

        assertThat(problems).isEmpty();
    }

    @Test
    void a_registry_that_nobody_has_open_is_checked_too() throws IOException {
        metadata.close();

        assertThat(check()).isEqualTo(new Check.Summary(1, 2, 1, 9, 0));
    }

    @Test
    void a_flipped_bit_is_found_and_the_image_that_has_it() throws IOException {
        Files.writeString(bytes, "the lazer");

        check();

        assertThat(problems)
                .containsExactly(
                        "blob %s: has bytes of %s (key %s)".formatted(LAYER_DIGEST, digest("the lazer"), KEY),
                        IMAGE_NAME + ": has the damaged blob " + LAYER_DIGEST);
    }

    @Test
    void a_truncated_file_is_found() throws IOException {
        Files.writeString(bytes, "the");

        check();

        assertThat(problems).contains("blob %s: has 3 bytes instead of 9 (key %s)".formatted(LAYER_DIGEST, KEY));
    }

    @Test
    void a_deleted_file_is_found() throws IOException {
        Files.delete(bytes);

        check();

        assertThat(problems).contains("blob %s: its bytes are gone (key %s)".formatted(LAYER_DIGEST, KEY));
    }

    @Test
    void a_tag_that_points_at_nothing_is_found() throws IOException, SQLException {
        sql("update tag set manifest_id = 999");

        check();

        assertThat(problems).containsExactly("123456789012/eu-west-1/app:v1: points at no manifest of its digest");
    }

    @Test
    void a_tag_with_the_digest_of_another_manifest_is_found() throws IOException, SQLException {
        sql("update tag set digest = (select max(digest) from manifest where digest <> tag.digest)");

        check();

        assertThat(problems).containsExactly("123456789012/eu-west-1/app:v1: points at no manifest of its digest");
    }

    @Test
    void a_manifest_without_its_layer_is_found() throws IOException, SQLException {
        sql("delete from repo_blob");

        check();

        assertThat(problems).containsExactly(IMAGE_NAME + ": lacks the blob " + LAYER_DIGEST);
    }

    @Test
    void an_index_without_its_child_is_found() throws IOException, SQLException {
        sql("delete from tag", "delete from manifest where media_type = '%s'".formatted(MediaType.OCI_MANIFEST));

        check();

        assertThat(problems)
                .containsExactly("123456789012/eu-west-1/app@%s: lacks the manifest %s"
                        .formatted(INDEX.digest(Algorithm.SHA256), IMAGE_DIGEST));
    }

    @Test
    void other_bytes_of_a_manifest_are_found() throws IOException, SQLException {
        sql("update manifest_content set bytes = cast('{}' as blob)"
                + " where manifest_id in (select manifest_id from tag)");

        check();

        assertThat(problems).containsExactly(IMAGE_NAME + ": its manifest has bytes of " + digest("{}"));
    }

    @Test
    void a_manifest_without_bytes_is_found() throws IOException, SQLException {
        sql("delete from manifest_content where manifest_id in (select manifest_id from tag)");

        check();

        assertThat(problems).containsExactly(IMAGE_NAME + ": the bytes of its manifest are gone");
    }

    @Test
    void a_blob_that_was_replaced_meanwhile_is_no_problem() throws IOException {
        var newer = new BlobKey("01950000-0000-7000-8000-0000000000cd");
        var replacing = new ReplacedWhileRead(
                TestStores.blobsIn(directory),
                () -> metadata.transact(tx -> tx.layers().store(LAYER_DIGEST, LAYER.length(), newer, null, NOW)));
        Files.delete(bytes);

        try (var reader = TestStores.readerIn(directory)) {
            new Check(reader, TestStores.vault(replacing), problems::add).run();
        }

        assertThat(problems).isEmpty();
    }

    private Check.Summary check() throws IOException {
        try (var reader = TestStores.readerIn(directory)) {
            return new Check(reader, TestStores.vault(TestStores.blobsIn(directory)), problems::add).run();
        }
    }

    /// Foreign keys are checked by connections that ask for it; this one does not.
    private void sql(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("metadata.db"));
                var statement = connection.createStatement()) {
            for (var text : statements) {
                statement.execute(text);
            }
        }
    }

    private static NewImage image(Digest digest, MediaType type, boolean hasLayer) {
        return new NewImage(
                digest,
                type,
                null,
                null,
                null,
                9,
                hasLayer ? Map.of(LAYER_DIGEST, "a/b") : Map.of(),
                hasLayer ? List.of() : List.of(IMAGE_DIGEST),
                NOW,
                0);
    }

    private static Digest digest(String text) {
        return ManifestBytes.ofText(text).digest(Algorithm.SHA256);
    }
}
