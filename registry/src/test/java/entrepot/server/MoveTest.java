package entrepot.server;

import static entrepot.server.Manifests.CONFIG;
import static entrepot.server.Manifests.LAYER;
import static entrepot.server.Manifests.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.config.Config;
import entrepot.config.Storage;
import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.folder.CredentialsFile;
import entrepot.folder.DataFolder;
import entrepot.move.Move;
import entrepot.move.Progress;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import entrepot.store.MoveTarget.Moved;
import entrepot.store.TestStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry with a row in every table, from a folder into PostgreSQL and into another folder.
class MoveTest {

    @TempDir
    Path folder;

    private Map<String, String> here;
    private Map<String, String> shared;
    private Map<String, String> back;

    @BeforeEach
    void fill() throws Exception {
        here = Map.of("data", folder.resolve("here").toString(), "sparse-manifests", "true");
        shared = new HashMap<>(TestStores.database(folder));
        shared.putAll(TestStores.bucket(folder));
        shared.put("data", folder.resolve("shared").toString());
        back = Map.of("data", folder.resolve("back").toString());
        Files.createDirectories(folder.resolve("here"));
        try (var server = start(here)) {
            FullRegistry.fill(server);
        }
        rows(here).change(FullRegistry.MORE);
    }

    private RunningServer start(Map<String, String> settings) throws IOException {
        return RunningServer.start(Path.of(settings.get("data")), settings);
    }

    @Test
    void every_row_comes_and_comes_back() throws Exception {
        var told = new Told();

        var there = move(here, shared, told);
        var again = move(shared, back, new Told());

        assertThat(there).isEqualTo(again).isEqualTo(new Moved(2, 8, 4, 2L * (CONFIG.length + LAYER.length)));
        assertThat(told.blobs).isZero();
        assertThat(told.bytes).isPositive();
        assertThat(told.rows).isGreaterThan(60);
        assertThat(told.lines).isEmpty();
        var wanted = rows(here).tables();
        var found = rows(back).tables();
        wanted.forEach((table, rows) -> {
            if (!RegistryRows.LEFT_OUT.contains(table)) {
                assertThat(rows).as("rows of " + table).isNotEmpty();
                assertThat(found.get(table)).as(table).isEqualTo(rows);
            }
        });
        assertThat(found.get("upload")).isEmpty();
        assertThat(rows(here).sealedColumns()).isEqualTo(RegistryRows.SEALED);
        assertThat(rows(back).sealed()).doesNotContainAnyElementsOf(rows(here).sealed());
    }

    @Test
    void what_is_served_is_the_same() throws Exception {
        var paths = List.of(
                "/v2/_catalog",
                "/v2/app/tags/list",
                "/v2/app/manifests/referrer",
                "/v2/sealed/manifests/referrer",
                "/v2/sealed/blobs/" + Manifests.digest(LAYER),
                "/v2/sealed/referrers/" + Manifests.digest(Manifests.image(OCI)));
        List<String> wanted;
        String id;
        try (var server = start(here)) {
            wanted = paths.stream().map(path -> server.get(path).body()).toList();
            id = server.rootKey().id();
        }

        move(here, shared, new Told());

        Files.copy(folder.resolve("here/credentials"), folder.resolve("shared/credentials"));
        try (var server = start(shared)) {
            assertThat(server.rootKey().id()).isEqualTo(id);
            assertThat(paths.stream().map(path -> server.get(path).body())).isEqualTo(wanted);
            FullRegistry.put(server, "app", "new", OCI, Manifests.imageWithNote("new"));
            assertThat(server.get("/v2/app/manifests/new").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_place_with_something_in_it_is_left_as_it_is() throws Exception {
        start(back).close();

        assertThatThrownBy(() -> move(here, back, new Told()))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("metadata.db is not empty");

        start(back).close();
    }

    @Test
    void a_node_that_runs_is_told_of() throws Exception {
        move(here, shared, new Told());
        Files.copy(folder.resolve("here/credentials"), folder.resolve("shared/credentials"));
        var pid = String.valueOf(ProcessHandle.current().pid());

        try (var node = start(shared)) {
            var elsewhere = new HashMap<>(shared);
            elsewhere.put("data", folder.resolve("elsewhere").toString());
            Files.createDirectories(folder.resolve("elsewhere/blobs"));
            assertThatThrownBy(() -> move(elsewhere, back, new Told()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by " + pid);
            assertThat(node.get("/v2/app/tags/list").statusCode()).isEqualTo(200);
        }

        assertThat(move(shared, back, new Told()).images()).isEqualTo(8);
    }

    @Test
    void a_move_that_was_cut_off_goes_on_and_nobody_serves_it_before() throws Exception {
        for (var target : List.of(shared, back)) {
            assertThatThrownBy(() -> move(here, target, new Told(), MoveTest::breaking))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> serve(target))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("holds a move that has not ended");
            assertThatThrownBy(() -> Stores.read(storage(target)).close()).hasMessageContaining("holds a move");

            var told = new Told();
            assertThat(move(here, target, told).blobs()).isEqualTo(4);
            assertThat(told.blobs).isZero();
        }
    }

    @Test
    void a_move_has_not_ended_before_what_lies_beside_came() throws Exception {
        var full = new IOException("no space left");
        assertThatThrownBy(() -> move(here, shared, new Told(), UnaryOperator.identity(), () -> {
                    throw full;
                }))
                .hasRootCause(full);
        assertThatThrownBy(() -> serve(shared)).hasMessageContaining("holds a move that has not ended");

        var keys = CredentialsFile.in(folder.resolve("shared"));
        move(
                here,
                shared,
                new Told(),
                UnaryOperator.identity(),
                () -> keys.bring(CredentialsFile.in(folder.resolve("here"))));
        assertThat(keys.path()).hasSameTextualContentAs(folder.resolve("here/credentials"));
    }

    private static void serve(Map<String, String> settings) throws IOException {
        var flags = new HashMap<>(settings);
        flags.put("port", "0");
        try (var folder = DataFolder.own(Path.of(settings.get("data")), Instant.now())) {
            Server.start(Config.load(flags, Map.of(), null), folder).close();
        }
    }

    /// The first blob that is begun stays half.
    private static BlobStore breaking(BlobStore blobs) {
        return new ForwardedBlobs(blobs) {
            @Override
            public entrepot.domain.Progress append(BlobKey key, entrepot.domain.Progress from, Content bytes)
                    throws IOException {
                super.append(key, from, new Content.Bytes(new byte[3]));
                throw new IOException("cut off");
            }
        };
    }

    @Test
    void the_place_of_another_registrys_move_is_refused() throws Exception {
        assertThatThrownBy(() -> move(here, back, new Told(), MoveTest::breaking))
                .isInstanceOf(IOException.class);
        var other = Map.of("data", folder.resolve("other").toString());
        start(other).close();

        assertThatThrownBy(() -> move(other, back, new Told()))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("holds a move of another registry that was cut off");
    }

    @Test
    void damaged_bytes_do_not_go_along() throws Exception {
        List<Path> blobs;
        try (var files = Files.walk(folder.resolve("here/blobs"))) {
            blobs = files.filter(Files::isRegularFile)
                    .filter(MoveTest::isNotEmpty)
                    .toList();
        }
        for (var blob : blobs) {
            var bytes = Files.readAllBytes(blob);
            bytes[bytes.length / 2] ^= 1;
            Files.write(blob, bytes);
        }
        var told = new Told();

        assertThatThrownBy(() -> move(here, back, told))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("4 damaged blobs");

        assertThat(told.lines).hasSize(4).allMatch(line -> line.startsWith("blob sha256:"));
    }

    @Test
    void marks_of_damage_stay_behind() throws Exception {
        rows(here).change("update blob set damage = 'other bytes'");

        move(here, back, new Told());

        assertThat(rows(back).tables().get("blob")).hasSize(4).noneMatch(row -> row.contains("other bytes"));
    }

    private static boolean isNotEmpty(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_manifest_with_other_bytes_does_not_go_along() throws Exception {
        rows(here)
                .change(
                        "update manifest_content set bytes = x'7b7d' where manifest_id = (select min(id) from manifest)");

        assertThatThrownBy(() -> move(here, back, new Told()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("has a manifest of " + Manifests.digest("{}"));
    }

    @Test
    void what_a_key_that_is_gone_encrypts_goes_along_unopened() throws Exception {
        rows(here).change("update kms_key set state = 'DISABLED'");
        var told = new Told();

        assertThat(move(here, back, told).blobs()).isEqualTo(4);

        assertThat(told.lines).hasSize(3).allMatch(line -> line.contains(" moved unopened: "));
    }

    @Test
    void a_mark_of_damage_goes_along_where_nobody_could_open_what_it_is_at() throws Exception {
        rows(here).change("update kms_key set state = 'DISABLED'");
        rows(here).change("update blob set damage = 'other bytes'");

        move(here, back, new Told());

        assertThat(rows(back).tables().get("blob"))
                .filteredOn(row -> row.contains("other bytes"))
                .hasSize(2);
    }

    private static RegistryRows rows(Map<String, String> settings) {
        return new RegistryRows(Path.of(settings.get("data")));
    }

    private static Storage storage(Map<String, String> settings) {
        return Config.load(settings, Map.of(), null).storage();
    }

    private static Moved move(Map<String, String> from, Map<String, String> to, Progress progress) throws IOException {
        return move(from, to, progress, UnaryOperator.identity());
    }

    private static Moved move(
            Map<String, String> from, Map<String, String> to, Progress progress, UnaryOperator<BlobStore> spoilt)
            throws IOException {
        return move(from, to, progress, spoilt, Move.Beside.NOTHING);
    }

    private static Moved move(
            Map<String, String> from,
            Map<String, String> to,
            Progress progress,
            UnaryOperator<BlobStore> spoilt,
            Move.Beside beside)
            throws IOException {
        var target = storage(to);
        try (var folder = DataFolder.own(target.data(), Instant.now());
                var stores = Stores.read(storage(from));
                var rows = Stores.moveFrom(storage(from));
                var blobs = Stores.ownBlobs(target, folder);
                var taking = Stores.moveInto(target, folder)) {
            return new Move(
                            new Move.Source(stores.metadata(), stores.blobs(), stores.vault(), rows, false),
                            new Move.Target(spoilt.apply(blobs), taking, beside),
                            progress)
                    .run();
        }
    }
}
