package entrepot.server;

import static entrepot.server.Manifests.CONFIG;
import static entrepot.server.Manifests.LAYER;
import static entrepot.server.Manifests.OCI;
import static entrepot.server.Manifests.OCI_INDEX;
import static entrepot.server.Manifests.child;
import static entrepot.server.Manifests.config;
import static entrepot.server.Manifests.descriptor;
import static entrepot.server.Manifests.digest;
import static entrepot.server.Manifests.image;
import static entrepot.server.Manifests.imageWithNote;
import static entrepot.server.Manifests.index;
import static entrepot.server.Manifests.layer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.check.Check;
import entrepot.config.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/// A data folder as it was written while there was schema 1 and nothing was encrypted: a server of today starts on it,
/// and all reads and all pushes are as they were. Its rows are those that the program of then wrote.
class OlderFolderTest {

    private static final int PIECE = 64 << 10;
    private static final long THEN = 1_795_942_516_479_166L;
    private static final String KEYS = "01a22684-0f97-7817-af82-17a3717190";
    private static final byte[] BEGUN = "as far as it came".getBytes(UTF_8);

    private static final String IMAGE = image(OCI);
    private static final String LONG = imageWithNote("long ".repeat(40_000));
    private static final String ABOUT = image(
            OCI,
            config(),
            layer(),
            ",\"artifactType\":\"application/x.sig\",\"subject\":%s,\"annotations\":{\"who\":\"me\"}"
                    .formatted(descriptor(OCI, digest(IMAGE), IMAGE.length())));
    private static final String INDEX = index(OCI_INDEX, child(OCI, IMAGE));

    @TempDir
    Path data;

    private RunningServer server;

    @BeforeEach
    void write_a_folder_and_start_on_it() throws IOException, SQLException {
        var url = "jdbc:sqlite:" + data.resolve("metadata.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/sqlite")
                .target("1")
                .load()
                .migrate();
        try (var sql = DriverManager.getConnection(url)) {
            writeRepository(sql);
            writeImages(sql);
        }
        server = RunningServer.start(data, Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void writeRepository(Connection sql) throws IOException, SQLException {
        insert(sql, "registry", 1, "000000000000", "us-east-1", null);
        insert(sql, "repository", 1, 1, "app", 1, "MUTABLE", "", 0, THEN, null, null);
        insert(sql, "resource_tag", 1, "team", "red");
        insert(sql, "image_count", 1, 0, 4);
        writeBlob(sql, 1, CONFIG, "application/vnd.oci.image.config.v1+json");
        writeBlob(sql, 2, LAYER, "application/vnd.oci.image.layer.v1.tar+gzip");
        writeFile(9, BEGUN);
        insert(
                sql,
                "upload",
                KEYS + "09",
                1,
                "arn:aws:iam::000000000000:root",
                BEGUN.length,
                1,
                0,
                0,
                null,
                System.currentTimeMillis() * 1000,
                0);
    }

    private void writeBlob(Connection sql, int id, byte[] bytes, String type) throws IOException, SQLException {
        writeFile(id, bytes);
        insert(sql, "blob", id, row(digest(bytes)), bytes.length, KEYS + "0" + id, THEN);
        insert(sql, "repo_blob", 1, id, type, THEN, 1);
    }

    private void writeFile(int id, byte[] bytes) throws IOException {
        Files.write(Files.createDirectories(data.resolve("blobs/0" + id)).resolve(KEYS + "0" + id), bytes);
    }

    private static void writeImages(Connection sql) throws SQLException {
        writeManifest(sql, 1, IMAGE, OCI, "v1");
        writeManifest(sql, 2, LONG, OCI, "long");
        writeManifest(sql, 3, ABOUT, OCI, null);
        writeManifest(sql, 4, INDEX, OCI_INDEX, "all");
        for (var image : List.of(1, 2, 3)) {
            insert(sql, "manifest_blob", 1, 1, image);
            insert(sql, "manifest_blob", 1, 2, image);
        }
        insert(sql, "manifest_child", 1, 1, 4);
        insert(sql, "referrer", 3, 1, row(digest(IMAGE)), "application/x.sig", 12, "{\"who\":\"me\"}");
    }

    private static void writeManifest(Connection sql, int id, String text, String type, @Nullable String tag)
            throws SQLException {
        var bytes = text.getBytes(UTF_8);
        var digest = row(digest(text));
        var subject = text.equals(ABOUT) ? row(digest(IMAGE)) : null;
        var artifact = text.equals(ABOUT) ? "application/x.sig" : null;
        var size = CONFIG.length + LAYER.length;
        insert(
                sql,
                "manifest",
                id,
                1,
                digest,
                type,
                artifact,
                subject,
                bytes.length,
                size,
                tag == null ? 0 : 1,
                THEN + id,
                null);
        insert(sql, "manifest_content", id, Arrays.copyOf(bytes, Math.min(PIECE, bytes.length)));
        for (int at = PIECE; at < bytes.length; at += PIECE) {
            insert(
                    sql,
                    "manifest_piece",
                    id,
                    at / PIECE,
                    Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, bytes.length)));
        }
        if (tag != null) {
            insert(sql, "tag", 1, tag, id, THEN + id, digest);
        }
    }

    /// As digests lie in rows.
    private static byte[] row(String digest) {
        return HexFormat.of().parseHex("01" + digest.substring("sha256:".length()));
    }

    private static void insert(Connection sql, String table, @Nullable Object... values) throws SQLException {
        var marks = String.join(", ", Collections.nCopies(values.length, "?"));
        try (var statement = sql.prepareStatement("insert into %s values (%s)".formatted(table, marks))) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Test
    void all_reads_are_as_before_over_both_doors() throws IOException {
        var repository = server.ecr().describeRepositories().repositories().getFirst();
        assertThat(repository.encryptionConfiguration().encryptionType()).isEqualTo(EncryptionType.AES256);
        assertThat(server.ecr()
                        .listTagsForResource(r -> r.resourceArn(repository.repositoryArn()))
                        .tags())
                .hasSize(1);
        for (var manifest : List.of(IMAGE, LONG, ABOUT, INDEX)) {
            assertThat(server.get("/v2/app/manifests/" + digest(manifest)).body())
                    .isEqualTo(manifest);
            assertThat(byJson(digest(manifest))).isEqualTo(manifest);
        }
        assertThat(server.get("/v2/app/manifests/v1").body()).isEqualTo(IMAGE);
        assertThat(server.get("/v2/app/blobs/" + digest(LAYER)).body()).isEqualTo(new String(LAYER, UTF_8));
        assertThat(server.get("/v2/app/referrers/" + digest(IMAGE)).body())
                .contains(digest(ABOUT), "application/x.sig", "\"who\":\"me\"");
        assertThat(server.get("/v2/app/tags/list").body()).contains("\"all\",\"long\",\"v1\"");
        assertThat(server.ecr().describeImages(r -> r.repositoryName("app")).imageDetails())
                .hasSize(4);
        assertThat(problems()).isEmpty();
    }

    @Test
    void an_upload_goes_on_and_what_is_pushed_shares_what_was_there() throws IOException {
        var upload = "/v2/app/blobs/uploads/" + KEYS + "09";
        assertThat(server.get(upload).headers().firstValue("range")).contains("0-" + (BEGUN.length - 1));
        var whole = new String(BEGUN, UTF_8) + ", and to its end";
        var put = server.send("PUT", upload + "?digest=" + digest(whole), ", and to its end".getBytes(UTF_8));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        assertThat(server.get("/v2/app/blobs/" + digest(whole)).body()).isEqualTo(whole);

        server.ecr().createRepository(r -> r.repositoryName("new"));
        var mount = server.send("POST", "/v2/new/blobs/uploads/?from=app&mount=" + digest(LAYER), new byte[0]);
        assertThat(mount.statusCode()).isEqualTo(201);
        server.push("new", CONFIG);
        server.ecr().putImage(r -> r.repositoryName("new").imageManifest(IMAGE).imageTag("v1"));
        assertThat(server.get("/v2/new/manifests/v1").body()).isEqualTo(IMAGE);
        assertThat(problems()).isEmpty();
    }

    @Test
    void repositories_of_type_kms_are_made_beside_those_that_were_there() throws IOException {
        server.ecr()
                .createRepository(r ->
                        r.repositoryName("new").encryptionConfiguration(e -> e.encryptionType(EncryptionType.KMS)));
        var mount = server.send("POST", "/v2/new/blobs/uploads/?from=app&mount=" + digest(LAYER), new byte[0]);
        assertThat(mount.statusCode()).isEqualTo(202);
        server.push("new", LAYER);
        server.push("new", CONFIG);
        server.ecr().putImage(r -> r.repositoryName("new").imageManifest(LONG).imageTag("v1"));

        assertThat(server.get("/v2/new/manifests/v1").body()).isEqualTo(LONG);
        assertThat(server.get("/v2/app/manifests/long").body()).isEqualTo(LONG);
        assertThat(server.get("/v2/app/blobs/" + digest(LAYER)).body()).isEqualTo(new String(LAYER, UTF_8));
        assertThat(problems()).isEmpty();
    }

    private String byJson(String digest) {
        var id = ImageIdentifier.builder().imageDigest(digest).build();
        return server.ecr()
                .batchGetImage(r -> r.repositoryName("app").imageIds(id))
                .images()
                .getFirst()
                .imageManifest();
    }

    /// What a check says that runs beside the server.
    private List<String> problems() throws IOException {
        var problems = new ArrayList<String>();
        try (var stores = Stores.read(Storage.in(data))) {
            new Check(stores.metadata(), stores.vault(), problems::add).run();
        }
        return problems;
    }
}
