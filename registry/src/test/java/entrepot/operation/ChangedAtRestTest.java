package entrepot.operation;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.check.Check;
import entrepot.domain.Arn;
import entrepot.domain.Digest;
import entrepot.operation.image.ListImageReferrers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is sealed, put in another place by somebody who can write the disk and cannot use the key: it is an error, and
/// never passes for what it is not.
class ChangedAtRestTest {

    private static final byte[] A = "one layer of some bytes ".repeat(1000).getBytes(UTF_8);
    private static final byte[] B = "ANOTHER OF AS MANY BYTES".repeat(1000).getBytes(UTF_8);
    private static final String DAMAGED = "is damaged, or sealed under another key";

    @TempDir
    private Path data;

    private World world;
    private Layers layers;
    private Images images;
    private Arn key;

    @BeforeEach
    void make_repositories_under_one_key() {
        world = World.in(data);
        layers = new Layers(world);
        key = world.createEncrypted(APP);
        world.createEncrypted(OTHER, key);
        images = Images.into(world, APP);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void the_bytes_of_a_blob_do_not_pass_for_anothers() throws IOException {
        var a = layers.push(APP, A);
        var b = layers.push(APP, B);
        Files.copy(file(b), file(a), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> layers.bytes(APP, a)).hasMessageContaining(DAMAGED);
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("blob " + a)
                .endsWith(DAMAGED);
    }

    @Test
    void the_data_key_of_a_blob_does_not_open_another() throws SQLException {
        var a = layers.push(APP, A);
        var b = layers.push(APP, B);
        change("update blob set data_keys = (select data_keys from blob where %s) where %s".formatted(is(b), is(a)));

        assertThatThrownBy(() -> layers.bytes(APP, a)).hasMessageContaining(DAMAGED);
        assertThat(layers.bytes(APP, b)).isEqualTo(B);
    }

    /// The digest of a blob is not known yet when its bytes are sealed. Whoever pulls compares it, and so does a check.
    @Test
    void a_row_that_calls_bytes_by_another_digest_is_found_by_a_check() throws SQLException {
        var a = layers.push(APP, A);
        var b = layers.push(APP, B);
        change(
                "create temp table old as select * from blob",
                "delete from repo_blob where blob_id in" + " (select id from blob where " + is(b) + ")",
                "delete from blob where " + is(b),
                """
                update blob set data_keys = (select data_keys from old where %1$s),
                 storage_key = (select storage_key from old where %1$s) where %2$s""".formatted(is(b), is(a)));

        assertThat(problems()).singleElement().asString().contains(a.toString(), "has bytes of " + b);
    }

    @Test
    void the_wrapped_key_of_a_repository_is_no_good_in_another() throws SQLException {
        images.put(APP, Images.image("a"), "v1");
        change("update repository set data_keys = (select data_keys from repository where name = 'other')"
                + " where name = 'app'");

        assertThat(images.get(APP, Images.byTag("v1")).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.failureCode()).isEqualTo("KmsError"));
        assertThat(refusal(() -> images.put(APP, Images.image("b"), "v2"))).startsWith("KmsException");
        assertThat(images.has(OTHER, Images.byTag("v2"))).isFalse();
        assertThat(problems()).singleElement().asString().contains("/app: cannot be read: ");
    }

    @Test
    void a_manifest_does_not_pass_for_another() throws SQLException {
        images.put(APP, Images.image("a"), "v1");
        images.put(APP, Images.image("b"), "v2");
        change("update manifest_content set bytes ="
                + " (select bytes from manifest_content where manifest_id = 2) where manifest_id = 1");

        assertUnreadable(() -> images.get(APP, Images.byTag("v1")));
        assertThat(problems()).hasSize(1);
    }

    @Test
    void a_piece_of_a_manifest_does_not_pass_for_another() throws SQLException {
        images.put(APP, Images.image("a".repeat(200_000)), "v1");
        change("update manifest_piece set bytes = (select bytes from manifest_piece where number = 1)"
                + " where number = 2");

        assertThat(problems()).hasSize(1);
    }

    @Test
    void annotations_of_a_referrer_do_not_pass_for_anothers() throws SQLException {
        var subject = images.put(APP, Images.image("a"), "v1");
        images.put(APP, Images.about(subject, "one", ""), null);
        images.put(APP, Images.about(subject, "two", ""), null);
        change("update referrer set annotations = (select annotations from referrer where manifest_id = 2)"
                + " where manifest_id = 3");

        assertUnreadable(() -> world.call(
                world.the(ListImageReferrers.class),
                new ListImageReferrers.Input(null, APP, new ListImageReferrers.SubjectId(subject), null, null, null)));
    }

    /// Under the same key and in the same name, with the same manifest, so that all but the data key is as it was.
    @Test
    void an_old_row_is_not_read_in_a_repository_that_was_made_again() throws SQLException {
        images.put(APP, Images.image("a"), "v1");
        world.delete(APP);
        world.createEncrypted(APP, key);
        Images.into(world, APP).put(APP, Images.image("a"), "v1");
        change("update manifest_content set bytes = (select bytes from manifest_content where manifest_id = 1)"
                + " where manifest_id = 2");

        assertUnreadable(() -> images.get(APP, Images.byTag("v1")));
        assertThat(problems()).hasSize(1);
    }

    private static void assertUnreadable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContaining("cannot be opened");
    }

    private List<String> problems() {
        var problems = new ArrayList<String>();
        new Check(world.metadata, world.vault, problems::add).run();
        return problems;
    }

    private Path file(Digest blob) {
        var name = layers.stored(APP, blob).key().value();
        return data.resolve("blobs").resolve(name.substring(name.length() - 2)).resolve(name);
    }

    /// A condition on the row of a blob.
    private static String is(Digest blob) {
        return "substr(hex(digest), 3) = upper('%s')".formatted(blob.hex());
    }

    private void change(String... statements) throws SQLException {
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("metadata.db"));
                var statement = database.createStatement()) {
            for (var each : statements) {
                assertThat(statement.executeUpdate(each)).as(each).isBetween(0, 1);
            }
        }
    }
}
