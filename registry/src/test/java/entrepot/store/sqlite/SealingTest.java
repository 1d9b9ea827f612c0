package entrepot.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.EncryptionKey;
import entrepot.domain.RegistryId;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String TOKEN_SECRET = "thirty-two bytes of token secret";
    private static final AccessKey KEY =
            AccessKey.ofRoot("AKIA1", SECRET, new AccountId("123456789012"), Instant.EPOCH);
    private static final String MATERIAL = "thirty-two bytes of key material";
    private static final EncryptionKey ENCRYPTION_KEY = EncryptionKey.create(
            "id",
            new RegistryId(new AccountId("123456789012"), "eu-west-1"),
            EncryptionKey.Manager.CUSTOMER,
            "",
            Instant.EPOCH);

    private Path file;
    private Path key;

    @BeforeEach
    void name_a_file(@TempDir Path directory) {
        file = directory.resolve("metadata.db");
        key = directory.resolve("server.key");
    }

    @Test
    void no_file_holds_a_secret_as_it_is() throws Exception {
        try (var store = SqliteMetadataStore.open(file)) {
            create(store);
            assertNoFileHasSecrets();
        }
        assertNoFileHasSecrets();
        try (var store = SqliteMetadataStore.open(file)) {
            assertWhole(store);
        }
    }

    @Test
    void whoever_only_reads_has_the_secrets_if_he_has_the_key() throws Exception {
        try (var store = SqliteMetadataStore.open(file);
                var reader = new SqliteReader(file)) {
            create(store);
            assertWhole(reader);
        }
        Files.delete(key);
        try (var reader = new SqliteReader(file)) {
            assertThatThrownBy(() -> assertWhole(reader)).hasMessageContaining("cannot be opened with this server key");
        }
    }

    @Test
    void without_its_key_a_database_is_not_opened_and_no_other_key_is_made() throws Exception {
        SqliteMetadataStore.open(file).close();
        Files.delete(key);

        assertThatThrownBy(() -> SqliteMetadataStore.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("server.key is missing");
        assertThat(key).doesNotExist();
    }

    @Test
    void with_another_key_a_database_is_not_opened() throws Exception {
        SqliteMetadataStore.open(file).close();
        Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]));

        assertThatThrownBy(() -> SqliteMetadataStore.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("is not the key of this database");
    }

    @Test
    void what_is_no_key_is_refused() throws Exception {
        Files.writeString(key, "short");

        assertThatThrownBy(() -> SqliteMetadataStore.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("does not hold a server key");
    }

    private static void create(MetadataStore store) {
        store.transact(tx -> {
            tx.accessKeys().create(KEY);
            tx.accessKeys().createSecret("token", TOKEN_SECRET.getBytes(StandardCharsets.UTF_8));
            tx.accounts().create(ENCRYPTION_KEY.home().account(), Instant.EPOCH);
            tx.encryptionKeys().create(ENCRYPTION_KEY, "{}", MATERIAL.getBytes(StandardCharsets.UTF_8));
            return true;
        });
    }

    private static void assertWhole(MetadataStore store) {
        assertThat(store.<String>read(
                        tx -> tx.accessKeys().find(KEY.id()).orElseThrow().secret()))
                .isEqualTo(SECRET);
        assertThat(store.<byte[]>read(
                        tx -> tx.encryptionKeys().material(ENCRYPTION_KEY, 1).orElseThrow()))
                .isEqualTo(MATERIAL.getBytes(StandardCharsets.UTF_8));
        assertThat(store.<byte[]>read(tx -> tx.accessKeys().secret("token").orElseThrow()))
                .isEqualTo(TOKEN_SECRET.getBytes(StandardCharsets.UTF_8));
    }

    private void assertNoFileHasSecrets() throws Exception {
        try (var files = Files.list(file.getParent())) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(Files.readString(each, StandardCharsets.ISO_8859_1))
                            .doesNotContain(SECRET)
                            .doesNotContain(TOKEN_SECRET)
                            .doesNotContain(MATERIAL));
        }
    }
}
