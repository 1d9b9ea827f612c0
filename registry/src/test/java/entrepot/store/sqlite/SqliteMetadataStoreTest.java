package entrepot.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.EveryApiError;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.store.Cover;
import entrepot.store.MetadataStore;
import entrepot.store.NewImage;
import entrepot.store.sql.SqlImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteMetadataStoreTest {

    private static final RegistryId REGISTRY = new RegistryId(new AccountId("123456789012"), "eu-central-1");

    private Path file;

    @BeforeEach
    void name_a_file(@TempDir Path directory) {
        file = directory.resolve("metadata.db");
    }

    @Test
    void the_database_and_its_log_are_for_their_owner_alone() throws Exception {
        try (var store = SqliteMetadataStore.open(file)) {
            repository(store);

            try (var files = Files.list(file.getParent())) {
                assertThat(files)
                        .hasSize(4)
                        .allSatisfy(each -> assertThat(Files.getPosixFilePermissions(each))
                                .isEqualTo(PosixFilePermissions.fromString("rw-------")));
            }
        }
    }

    @Test
    void a_closed_store_is_one_file_that_has_everything_and_its_key() throws Exception {
        try (var store = SqliteMetadataStore.open(file)) {
            var repository = repository(store);
            store.transact(tx -> {
                var image = tx.images().add(repository, image("{}"), ManifestBytes.ofText("{}"), Cover.NONE);
                tx.images().tag(repository, new Tag("latest"), image, Instant.EPOCH);
                return true;
            });
        }
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactlyInAnyOrder(file, file.resolveSibling("server.key"));
        }

        try (var store = SqliteMetadataStore.open(file)) {
            var text = store.read(tx -> {
                var repository = tx.repositories().find(REGISTRY, new RepositoryName("app"));
                var image = tx.images().find(repository.orElseThrow(), new Tag("latest"));
                return tx.images().manifest(image.orElseThrow(), Cover.NONE).text();
            });
            assertThat(text).isEqualTo("{}");
        }
    }

    @Test
    void the_writer_syncs_each_commit_and_holds_foreign_keys() {
        try (var store = SqliteMetadataStore.open(file)) {
            assertThat(pragma(store, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(store, "synchronous")).isEqualTo("2");
            assertThat(pragma(store, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(store, "wal_autocheckpoint")).isEqualTo("16000");
        }
    }

    @Test
    void a_full_disk_refuses_writes_until_there_is_room_again() {
        try (var store = SqliteMetadataStore.open(file)) {
            var repository = repository(store);
            var large = "x".repeat(1 << 20);
            var pages = pragma(store, "page_count");
            pragma(store, "max_page_count = " + (Integer.parseInt(pages) + 10));

            assertThatThrownBy(() -> add(store, repository, large))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            e -> assertThat(e.error()).isEqualTo(new EveryApiError.StorageFull()));
            add(store, repository, "small");
            pragma(store, "max_page_count = 1000000");
            add(store, repository, large);

            assertThat(store.read(tx -> tx.images().images(repository, 0, null, 10))
                            .size())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_file_that_is_no_database_is_not_opened() throws Exception {
        Files.writeString(file, "this is not a database, and must stay as it is".repeat(100));

        assertThatThrownBy(() -> SqliteMetadataStore.open(file)).isInstanceOf(RuntimeException.class);
        assertThat(Files.readString(file)).startsWith("this is not a database");
    }

    @Test
    void an_sqlite_with_the_log_reset_bug_is_refused() {
        assertThatThrownBy(() -> Sqlite.requireVersion("3.51.2")).hasMessageContaining("3.51.2");
        assertThatThrownBy(() -> Sqlite.requireVersion("3.9.9")).hasMessageContaining("3.9.9");
        assertThatCode(() -> Sqlite.requireVersion("3.51.3")).doesNotThrowAnyException();
        assertThatCode(() -> Sqlite.requireVersion("3.53.4")).doesNotThrowAnyException();
    }

    private static Repository repository(MetadataStore store) {
        return store.transact(tx -> tx.repositories()
                .create(REGISTRY, new RepositoryName("app"), TagMutability.MUTABLE, false, Instant.EPOCH));
    }

    private static void add(MetadataStore store, Repository repository, String text) {
        store.transact(tx -> tx.images().add(repository, image(text), ManifestBytes.ofText(text), Cover.NONE));
    }

    private static NewImage image(String text) {
        var digest = ManifestBytes.ofText(text).digest(Digest.Algorithm.SHA256);
        return new NewImage(digest, MediaType.OCI_MANIFEST, null, null, null, 0, Map.of(), List.of(), Instant.EPOCH, 0);
    }

    /// On the writer's connection.
    private static String pragma(MetadataStore store, String pragma) {
        return store.transact(tx -> ((SqlImages) tx.images())
                .sql()
                .one("pragma " + pragma, row -> row.getString(1))
                .orElseThrow());
    }
}
