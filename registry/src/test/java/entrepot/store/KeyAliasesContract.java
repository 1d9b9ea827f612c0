package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyAlias;
import entrepot.domain.RegistryId;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class KeyAliasesContract extends TablesContract {

    private static final EncryptionKey KEY = key("k1");
    private static final EncryptionKey OTHER = key("k2");
    private static final KeyAlias APP = new KeyAlias(REGISTRY, "alias/app", "k1", NOW, NOW);

    @BeforeEach
    void store_an_alias() {
        write(tx -> {
            tx.accounts().create(REGISTRY.account(), NOW);
            tx.encryptionKeys().create(KEY, "{}", new byte[] {1});
            tx.encryptionKeys().create(OTHER, "{}", new byte[] {1});
            tx.keyAliases().create(APP);
        });
    }

    @Test
    void an_alias_is_found_by_its_whole_name_where_it_is() {
        assertThat(found(tx -> tx.keyAliases().find(REGISTRY, "alias/app"))).contains(APP);
        assertThat(found(tx -> tx.keyAliases().find(REGISTRY, "alias/App"))).isEmpty();
        assertThat(found(tx ->
                        tx.keyAliases().find(new RegistryId(new AccountId("123456789012"), "us-east-1"), "alias/app")))
                .isEmpty();
    }

    @Test
    void a_name_is_of_one_key() {
        assertThatThrownBy(
                        () -> write(tx -> tx.keyAliases().create(new KeyAlias(REGISTRY, "alias/app", "k2", NOW, NOW))))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void an_alias_can_be_given_to_another_key() {
        var later = NOW.plus(Duration.ofHours(1));
        write(tx -> tx.keyAliases().point(APP, OTHER, later));

        assertThat(found(tx -> tx.keyAliases().find(REGISTRY, "alias/app")))
                .contains(new KeyAlias(REGISTRY, "alias/app", "k2", NOW, later));
    }

    @Test
    void aliases_are_listed_by_name_page_by_page_all_or_those_of_a_key() {
        var other = new KeyAlias(REGISTRY, "alias/a", "k2", NOW, NOW);
        write(tx -> tx.keyAliases().create(other));

        assertThat(listed(tx -> tx.keyAliases().list(REGISTRY, null, 1))).containsExactly(other);
        assertThat(listed(tx -> tx.keyAliases().list(REGISTRY, "alias/a", 9))).containsExactly(APP);
        assertThat(listed(tx -> tx.keyAliases().of(KEY, null, 9))).containsExactly(APP);
        assertThat(listed(tx -> tx.keyAliases().of(KEY, "alias/app", 9))).isEmpty();
    }

    @Test
    void a_deleted_alias_is_gone_and_its_key_stays() {
        write(tx -> tx.keyAliases().delete(APP));
        write(tx -> tx.keyAliases().delete(APP));

        assertThat(found(tx -> tx.keyAliases().find(REGISTRY, "alias/app"))).isEmpty();
        assertThat(found(tx -> tx.encryptionKeys().find("k1"))).contains(KEY);
    }

    @Test
    void every_change_is_counted_as_one_of_who_may_do_what() {
        var before = store().accessChanges();
        write(tx -> tx.keyAliases().point(APP, OTHER, NOW));
        var moved = store().accessChanges();
        write(tx -> tx.keyAliases().delete(APP));

        assertThat(moved).isGreaterThan(before);
        assertThat(store().accessChanges()).isGreaterThan(moved);
    }

    private static EncryptionKey key(String id) {
        return EncryptionKey.create(id, REGISTRY, EncryptionKey.Manager.CUSTOMER, "", NOW);
    }
}
