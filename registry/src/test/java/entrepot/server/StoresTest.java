package entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.config.Config;
import entrepot.config.Storage;
import entrepot.domain.AccountId;
import entrepot.folder.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTest {

    private static final AccountId ACCOUNT = new AccountId("000000000000");

    @TempDir
    Path data;

    private Storage storage() {
        return Storage.in(data);
    }

    @Test
    void what_their_owner_wrote_can_be_read_beside_it() throws IOException {
        assertThat(Stores.exist(storage())).isFalse();

        try (var folder = DataFolder.own(data, Instant.EPOCH);
                var owned = Stores.own(storage(), folder)) {
            assertThat(Stores.exist(storage())).isTrue();
            owned.metadata().transact(tx -> {
                tx.accounts().create(ACCOUNT, Instant.EPOCH);
                return true;
            });
            try (var read = Stores.read(storage())) {
                assertThat(read.metadata().<Boolean>read(tx -> tx.accounts().exists(ACCOUNT)))
                        .isTrue();
                assertThatThrownBy(() -> read.metadata().transact(tx -> true))
                        .isInstanceOf(UnsupportedOperationException.class);
            }
        }
    }

    @Test
    void they_tell_what_is_open() throws IOException {
        var database = data.resolve("metadata.db");
        var blobs = data.resolve("blobs");

        try (var folder = DataFolder.own(data, Instant.EPOCH);
                var owned = Stores.own(storage(), folder);
                var read = Stores.read(storage())) {
            assertThat(owned).hasToString("metadata: SQLite in %s; blobs: files in %s", database, blobs);
            assertThat(read).hasToString("metadata: SQLite, read only, in %s; blobs: files in %s", database, blobs);
        }
    }

    @Test
    void where_no_registry_is_nothing_is_read_and_nothing_made() {
        assertThatThrownBy(() -> Stores.read(storage()))
                .isInstanceOf(IOException.class)
                .hasMessage("%s is not the data folder of a registry, or cannot be read", data);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void when_one_cannot_be_opened_none_stays_open() throws IOException {
        Files.createFile(data.resolve("blobs"));

        try (var folder = DataFolder.own(data, Instant.EPOCH)) {
            assertThatThrownBy(() -> Stores.own(storage(), folder)).isInstanceOf(IOException.class);
        }

        assertThat(openFiles()).noneMatch(file -> file.startsWith(data));
    }

    @Test
    void a_server_that_cannot_start_leaves_no_store_and_no_audit_open() throws IOException {
        try (var first = RunningServer.start(data.resolve("first"), Map.of())) {
            var port = first.url("/").getPort();
            var second = data.resolve("second");
            var settings = Map.of(
                    "data", second.toString(), "audit", data.resolve("audit").toString(), "port", String.valueOf(port));

            try (var folder = DataFolder.own(second, Instant.EPOCH)) {
                assertThatThrownBy(() -> Server.start(Config.load(settings, Map.of(), null), folder))
                        .hasMessageContaining("cannot listen on 127.0.0.1:");
            }

            assertThat(openFiles()).noneMatch(file -> file.startsWith(second)).doesNotContain(data.resolve("audit"));
        }
    }

    /// Source: proc(5), `/proc/pid/fd/`.
    private static List<Path> openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.map(StoresTest::target).toList();
        }
    }

    /// Of one that was closed meanwhile, its number.
    private static Path target(Path file) {
        try {
            return Files.readSymbolicLink(file);
        } catch (NoSuchFileException e) {
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
