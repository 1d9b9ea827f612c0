package entrepot.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.BlobKey;
import entrepot.domain.Digest.Algorithm;
import entrepot.domain.Encryption;
import entrepot.domain.EncryptionKey;
import entrepot.domain.EncryptionKey.Manager;
import entrepot.domain.EncryptionKey.State;
import entrepot.domain.KeyAlias;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.domain.WrappedKeys;
import entrepot.store.MetadataStore;
import entrepot.store.NewRepository;
import entrepot.store.TestStores;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyUsesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RegistryId HOME = new RegistryId(new AccountId("123456789012"), "eu-west-1");
    private static final RegistryId AWAY = new RegistryId(new AccountId("999999999999"), "us-east-1");
    private static final EncryptionKey USED = EncryptionKey.create("k1", HOME, Manager.CUSTOMER, "", NOW);
    private static final EncryptionKey UNUSED =
            EncryptionKey.create("k2", AWAY, Manager.CUSTOMER, "", NOW).in(State.DISABLED);
    private static final Arn FOREIGN = new Arn("arn:aws:kms:us-east-1:999999999999:key/theirs");

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    @BeforeEach
    void store_keys() {
        metadata.transact(tx -> {
            for (var key : List.of(USED, UNUSED)) {
                tx.accounts().create(key.home().account(), NOW);
                tx.encryptionKeys().create(key, "{}", new byte[32]);
                tx.encryptionKeys().update(key);
            }
            tx.keyAliases().create(new KeyAlias(HOME, "alias/b", "k1", NOW, NOW));
            tx.keyAliases().create(new KeyAlias(HOME, "alias/a", "k1", NOW, NOW));
            return true;
        });
    }

    @Test
    void each_key_has_the_repositories_and_the_bytes_that_are_encrypted_by_it() {
        create(HOME, "app", USED.arn());
        create(AWAY, "team/app", USED.arn());
        create(HOME, "theirs", FOREIGN);
        create(HOME, "bare", null);
        store("a", USED.arn());
        store("four", USED.arn());
        store("four", FOREIGN);
        store("bare bytes", null);

        assertThat(new KeyUses(metadata).all())
                .containsExactly(
                        new KeyUses.Use(
                                USED.arn(),
                                State.ENABLED,
                                List.of("alias/a", "alias/b"),
                                List.of("123456789012/eu-west-1/app", "999999999999/us-east-1/team/app"),
                                5),
                        new KeyUses.Use(UNUSED.arn(), State.DISABLED, List.of(), List.of(), 0),
                        new KeyUses.Use(FOREIGN, null, List.of(), List.of("123456789012/eu-west-1/theirs"), 4));
    }

    /// What is under such a key is lost, unless another service has it.
    @Test
    void a_key_that_was_deleted_is_told_while_something_is_encrypted_by_it() {
        store("a", USED.arn());
        metadata.transact(tx -> {
            tx.encryptionKeys().delete(USED);
            return true;
        });

        assertThat(new KeyUses(metadata).all())
                .contains(new KeyUses.Use(USED.arn(), null, List.of(), List.of(), 1))
                .hasSize(2);
    }

    @Test
    void there_may_be_many_of_all() {
        for (int i = 0; i < 250; i++) {
            var number = i;
            create(HOME, "r%03d".formatted(i), USED.arn());
            metadata.transact(tx -> {
                tx.keyAliases().create(new KeyAlias(AWAY, "alias/%03d".formatted(number), "k2", NOW, NOW));
                return true;
            });
        }

        var uses = new KeyUses(metadata).all();

        assertThat(uses.getFirst().repositories()).hasSize(250).isSorted();
        assertThat(uses.getLast().aliases()).hasSize(250).isSorted();
    }

    private void create(RegistryId registry, String name, @Nullable Arn key) {
        var repository = new RepositoryName(name);
        metadata.transact(tx -> tx.repositories()
                .create(
                        new NewRepository(
                                registry,
                                repository,
                                TagMutability.MUTABLE,
                                false,
                                wrapped(key, registry.repository(repository))),
                        NOW));
    }

    private void store(String text, @Nullable Arn key) {
        var digest = new ManifestBytes(text.getBytes(UTF_8)).digest(Algorithm.SHA256);
        metadata.transact(tx -> tx.layers()
                .store(
                        digest,
                        text.length(),
                        new BlobKey(UUID.randomUUID().toString()),
                        wrapped(key, HOME.repository(new RepositoryName("app"))),
                        NOW));
    }

    private static @Nullable WrappedKeys wrapped(@Nullable Arn key, Arn repository) {
        return key == null
                ? null
                : new WrappedKeys(
                        new Encryption.ByKey(1, key), repository, List.of(WrappedKeys.Key.of(new byte[] {1})));
    }
}
