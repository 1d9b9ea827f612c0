package entrepot.server;

import static entrepot.server.Manifests.OCI;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.check.Check;
import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import entrepot.store.MoveTarget.Lacking;
import entrepot.store.StorageFullException;
import entrepot.store.TestStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry with a row in every table, into a folder and a bucket, and back from there.
class BackupTest {

    @TempDir
    Path folder;

    private Map<String, String> here;
    private Map<String, String> shared;
    private Map<String, String> back;
    private Backups backups;

    @BeforeEach
    void fill() throws Exception {
        here = Map.of("data", folder.resolve("here").toString(), "sparse-manifests", "true");
        shared = new HashMap<>(TestStores.database(folder));
        shared.putAll(TestStores.bucket(folder));
        shared.put("data", folder.resolve("shared").toString());
        back = Map.of("data", folder.resolve("back").toString());
        backups = Backups.in(folder.resolve("backups"));
        try (var server = start(here)) {
            FullRegistry.fill(server);
        }
        rows(here).change(FullRegistry.MORE);
    }

    private static RunningServer start(Map<String, String> settings) throws IOException {
        return RunningServer.start(Path.of(settings.get("data")), settings);
    }

    private static RegistryRows rows(Map<String, String> settings) {
        return new RegistryRows(Path.of(settings.get("data")));
    }

    @Test
    void every_row_comes_back_whatever_keeps_it() throws Exception {
        var inBucket = Backups.inBucket(folder);
        var told = new Told();

        var made = backups.add(here, told);
        var there = backups.restore(shared);
        var again = inBucket.add(shared, new Told());
        var restored = inBucket.restore(back);

        assertThat(made.all()).isEqualTo(there).isEqualTo(again.all()).isEqualTo(restored);
        assertThat(made.arrived())
                .isEqualTo(new Lacking(made.all().blobs(), made.all().bytes()));
        assertThat(told.blobs).isZero();
        assertThat(told.lines).isEmpty();
        var found = rows(back).tables();
        rows(here).tables().forEach((table, rows) -> {
            if (!RegistryRows.LEFT_OUT.contains(table)) {
                assertThat(rows).as("rows of " + table).isNotEmpty();
                assertThat(found.get(table)).as(table).isEqualTo(rows);
            }
        });
        assertThat(rows(back).sealed()).doesNotContainAnyElementsOf(rows(here).sealed());
        assertThat(inBucket.verify(told)).isEqualTo(backups.verify(told));
        assertThat(problems(back)).isZero();
    }

    @Test
    void what_is_restored_is_served_and_goes_on() throws Exception {
        String tags;
        String id;
        try (var server = start(here)) {
            backups.add(here, new Told());
            tags = server.get("/v2/app/tags/list").body();
            id = server.rootKey().id();
        }

        backups.restore(back);

        try (var server = start(back)) {
            assertThat(server.rootKey().id()).isEqualTo(id);
            assertThat(server.get("/v2/app/tags/list").body()).isEqualTo(tags);
            FullRegistry.put(server, "app", "new", OCI, Manifests.imageWithNote("new"));
        }
        assertThatThrownBy(() -> backups.add(back, new Told()))
                .hasMessageEndingWith("holds backups of another registry");
    }

    @Test
    void the_second_one_brings_only_what_is_new() throws Exception {
        backups.add(here, new Told());
        var written = new AtomicInteger();
        var layer = "another layer".getBytes(UTF_8);
        try (var server = start(here)) {
            server.push("app", layer);
        }

        var made = backups.add(here, true, InstantSource.system(), new Told(), blobs -> new ForwardedBlobs(blobs) {
            @Override
            public void create(BlobKey key) throws IOException {
                written.incrementAndGet();
                super.create(key);
            }
        });

        assertThat(written).hasValue(1);
        assertThat(made.arrived()).isEqualTo(new Lacking(1, layer.length));
        assertThat(backups.verify(new Told()).problems()).isZero();
        assertThat(backups.verify(new Told()).snapshots()).isEqualTo(2);
    }

    @Test
    void each_moment_can_be_had_back() throws Exception {
        var first = backups.add(here, new Told()).time();
        try (var server = start(here)) {
            server.ecr().createRepository(r -> r.repositoryName("later"));
        }
        backups.add(here, true, InstantSource.system(), new Told(), UnaryOperator.identity());

        assertThat(backups.restore(back, first, null, new Told()).repositories())
                .isEqualTo(2);
        assertThat(backups.restore(settings("other")).repositories()).isEqualTo(3);
        assertThatThrownBy(() -> backups.restore(settings("none"), first.minusMillis(1), null, new Told()))
                .hasMessageContaining("holds no snapshot that is not after");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void a_clock_that_is_put_back_puts_no_snapshot_before_another() throws Exception {
        var first = backups.add(here, new Told()).time();

        var second = backups.add(here, true, () -> Instant.EPOCH, new Told(), UnaryOperator.identity());

        assertThat(second.time()).isAfter(first);
        assertThat(backups.keep(1).snapshots()).isEqualTo(1);
        assertThat(backups.restore(back, second.time(), null, new Told()).repositories())
                .isEqualTo(2);
    }

    @Test
    void what_only_an_older_one_named_goes_with_it() throws Exception {
        backups.add(here, new Told());
        rows(here).change("""
                delete from manifest_blob where blob_id = (select max(id) from blob);
                delete from repo_blob where blob_id = (select max(id) from blob);
                delete from manifest_absent;
                delete from blob where id = (select max(id) from blob)""");
        backups.add(here, new Told());

        var removed = backups.keep(1);

        assertThat(removed.snapshots()).isEqualTo(1);
        assertThat(removed.blobs()).isEqualTo(1);
        assertThat(backups.keep(1).blobs()).isZero();
        assertThat(backups.verify(new Told()).problems()).isZero();
    }

    @Test
    void one_that_was_cut_off_is_none_and_goes_on() throws Exception {
        for (var each : List.of(backups, Backups.inBucket(folder))) {
            var arrived = new AtomicInteger();
            assertThatThrownBy(() -> each.add(here, true, InstantSource.system(), new Told(), breaking(arrived)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("not all blobs came");
            assertThatThrownBy(() -> each.restore(back)).hasMessageContaining("holds no snapshot");
            assertThat(each.verify(new Told()).snapshots()).isZero();

            var told = new Told();
            each.add(here, told);

            assertThat(told.lacking).isLessThan(4);
            assertThat(each.verify(new Told()).problems()).isZero();
            assertThat(each.verify(new Told()).snapshots()).isEqualTo(1);
        }
        assertThat(folder.resolve("backups/arriving")).doesNotExist();
    }

    /// The first two blobs come, of the next ones half, and then the disk is full.
    private static UnaryOperator<BlobStore> breaking(AtomicInteger arrived) {
        return blobs -> new ForwardedBlobs(blobs) {
            @Override
            public entrepot.domain.Progress append(BlobKey key, entrepot.domain.Progress from, Content bytes)
                    throws IOException {
                if (arrived.incrementAndGet() <= 2) {
                    return super.append(key, from, bytes);
                }
                super.append(key, from, new Content.Bytes(new byte[3]));
                throw new StorageFullException("No space left");
            }
        };
    }

    @Test
    void what_a_process_left_that_was_killed_is_not_taken_for_whole() throws Exception {
        backups.add(here, new Told());
        var half = folder.resolve("backups/arriving/blobs/00");
        Files.createDirectories(half);
        Files.writeString(half.resolve("00000000-0000-7000-8000-000000000000"), "half");
        Files.createDirectories(folder.resolve("backups/snapshots/2020-01-01T00:00:00.000Z"));
        Files.writeString(folder.resolve("backups/snapshots/2020-01-01T00:00:00.000Z/metadata.db"), "half");
        var told = new Told();

        assertThat(backups.verify(told).snapshots()).isEqualTo(1);
        assertThat(told.lines).singleElement().asString().contains("was never finished");
        backups.add(here, new Told());

        assertThat(half).doesNotExist();
        assertThat(folder.resolve("backups/snapshots/2020-01-01T00:00:00.000Z")).doesNotExist();
    }

    @Test
    void each_damaged_file_has_a_line() throws Exception {
        var time = backups.add(here, new Told()).time();
        var blobs = files(folder.resolve("backups/blobs"));
        flip(blobs.get(0));
        Files.write(blobs.get(1), new byte[2]);
        Files.delete(blobs.get(2));
        var snapshot = folder.resolve("backups/snapshots/" + time.toString());
        flip(snapshot.resolve("metadata.db"));
        Files.delete(snapshot.resolve("server.key"));
        var told = new Told();

        var found = backups.verify(told);

        assertThat(found.problems()).isEqualTo(5);
        assertThat(told.lines)
                .hasSize(5)
                .contains("snapshots/%s/metadata.db is damaged".formatted(time))
                .contains("snapshots/%s/server.key is gone".formatted(time))
                .contains("blob %s is gone".formatted(blobs.get(2).getFileName()))
                .anyMatch(line -> line.startsWith(
                        "blob %s is damaged".formatted(blobs.get(0).getFileName())))
                .anyMatch(line -> line.startsWith(
                        "blob %s is damaged: 2 bytes".formatted(blobs.get(1).getFileName())));
        flip(snapshot.resolve("snapshot.json"));
        assertThat(backups.verify(told).problems()).isEqualTo(1);
        assertThatThrownBy(() -> backups.restore(back)).hasMessageContaining("snapshot.json is damaged");
    }

    private static void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void damaged_blobs_are_told_and_nothing_is_served_of_them() throws Exception {
        backups.add(here, new Told());
        var blobs = files(folder.resolve("backups/blobs"));
        flip(blobs.get(0));
        flip(blobs.get(1));
        var told = new Told();

        assertThatThrownBy(() -> backups.restore(back, null, null, told)).hasMessageStartingWith("2 damaged blobs");

        assertThat(told.lines).hasSize(2).allMatch(line -> line.startsWith("blob sha256:"));
        assertThatThrownBy(() -> start(back).close())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("holds a move that has not ended");
        flip(blobs.get(0));
        flip(blobs.get(1));
        assertThat(backups.restore(back).blobs()).isEqualTo(4);
        start(back).close();
    }

    @Test
    void without_the_server_key_nothing_is_written() throws Exception {
        backups.add(here, false, InstantSource.system(), new Told(), UnaryOperator.identity());
        var other = Files.writeString(folder.resolve("other.key"), Stores.newServerKey());

        assertThatThrownBy(() -> backups.restore(back)).hasMessageContaining("has no server key");
        assertThatThrownBy(() -> backups.restore(back, null, other, new Told()))
                .hasMessageContaining("is sealed under another server key");

        assertThat(folder.resolve("back")).doesNotExist();
        assertThat(backups.restore(back, null, folder.resolve("here/server.key"), new Told())
                        .images())
                .isEqualTo(8);
        assertThat(folder.resolve("back/credentials")).doesNotExist();
    }

    @Test
    void what_goes_along_is_for_its_owner_alone() throws Exception {
        backups.add(here, new Told());

        for (var file : files(folder.resolve("backups"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_place_with_something_else_is_left_as_it_is() throws Exception {
        var place = Files.createDirectories(folder.resolve("place"));
        Files.writeString(place.resolve("file"), "mine");

        assertThatThrownBy(() -> Backups.in(place).add(here, new Told())).hasMessageContaining("is not empty");
        assertThatThrownBy(() -> Backups.in(place).verify(new Told())).hasMessageContaining("holds no backup");
        assertThatThrownBy(() -> Backups.in(folder.resolve("here")).add(here, new Told()))
                .hasMessageContaining("holds no backup");

        assertThat(files(place)).containsExactly(place.resolve("file"));
    }

    @Test
    void what_a_newer_program_made_is_refused() throws Exception {
        var time = backups.add(here, new Told()).time();
        var file = folder.resolve("backups/snapshots/%s/snapshot.json".formatted(time));
        var text = Files.readString(file);

        Files.writeString(file, text.replace("\"format\":1", "\"format\":2"));

        assertThatThrownBy(() -> backups.restore(back)).hasMessageContaining("is of format 2, which is newer");
        Files.writeString(file, text);
        var mark = folder.resolve("backups/backup.json");
        Files.writeString(mark, Files.readString(mark).replace("\"format\":1", "\"format\":2"));
        assertThatThrownBy(() -> backups.add(here, new Told())).hasMessageContaining("is of format 2, which is newer");
        assertThat(folder.resolve("back")).doesNotExist();
    }

    @Test
    void a_place_with_a_registry_is_left_as_it_is() throws Exception {
        backups.add(here, new Told());
        start(back).close();

        assertThatThrownBy(() -> backups.restore(back)).hasMessageEndingWith("metadata.db is not empty");

        start(back).close();
    }

    private Map<String, String> settings(String name) {
        return Map.of("data", folder.resolve(name).toString());
    }

    private static long problems(Map<String, String> settings) throws IOException {
        try (var stores = Stores.read(Backups.storage(settings))) {
            return new Check(stores.metadata(), stores.vault(), _ -> {}).run().problems();
        }
    }
}
