package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.EncryptionKey;
import entrepot.domain.EncryptionKey.Deletion;
import entrepot.domain.EncryptionKey.Rotation;
import entrepot.domain.EncryptionKey.State;
import entrepot.domain.KeyAlias;
import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class EncryptionKeysContract extends TablesContract {

    private static final EncryptionKey KEY = key("k1");
    private static final byte[] FIRST = {1, 2, 3};
    private static final byte[] SECOND = {4, 5, 6};

    @BeforeEach
    void store_a_key() {
        write(tx -> {
            tx.accounts().create(REGISTRY.account(), NOW);
            tx.encryptionKeys().create(KEY, "{1}", FIRST);
        });
    }

    @Test
    void a_key_is_found_by_its_id_with_its_material_and_its_policy() {
        assertThat(found(tx -> tx.encryptionKeys().find("k1"))).contains(KEY);
        assertThat(found(tx -> tx.encryptionKeys().find("k2"))).isEmpty();
        assertThat(found(tx -> tx.encryptionKeys().material(KEY, 1))).contains(FIRST);
        assertThat(found(tx -> tx.encryptionKeys().policy(KEY))).contains("{1}");
    }

    @Test
    void what_changes_of_a_key_is_its_description_state_deletion_and_rotation() {
        var rotation = new Rotation(90, NOW.plus(Duration.ofDays(90)));
        var changed =
                KEY.describedAs("what for").rotating(rotation).deletedAt(new Deletion(7, NOW.plus(Duration.ofDays(7))));
        write(tx -> tx.encryptionKeys().update(changed));
        assertThat(found(tx -> tx.encryptionKeys().find("k1"))).contains(changed);

        write(tx -> tx.encryptionKeys().update(changed.in(State.DISABLED).rotating(null)));

        assertThat(found(tx -> tx.encryptionKeys().find("k1")))
                .contains(KEY.describedAs("what for").in(State.DISABLED));
    }

    @Test
    void a_new_material_leaves_those_before() {
        write(tx -> tx.encryptionKeys().addMaterial(KEY, SECOND, NOW, true));

        assertThat(found(tx -> tx.encryptionKeys().find("k1")))
                .hasValueSatisfying(key -> assertThat(key.material()).isEqualTo(2));
        assertThat(found(tx -> tx.encryptionKeys().material(KEY, 1))).contains(FIRST);
        assertThat(found(tx -> tx.encryptionKeys().material(KEY, 2))).contains(SECOND);
        assertThat(found(tx -> tx.encryptionKeys().material(KEY, 3))).isEmpty();
    }

    @Test
    void only_rotations_that_somebody_asked_for_are_counted() {
        write(tx -> tx.encryptionKeys().addMaterial(KEY, SECOND, NOW, false));
        assertThat(holds(tx -> tx.encryptionKeys().rotationsOnDemand(KEY) == 0)).isTrue();

        write(tx -> tx.encryptionKeys().addMaterial(KEY, SECOND, NOW, true));

        assertThat(holds(tx -> tx.encryptionKeys().rotationsOnDemand(KEY) == 1)).isTrue();
    }

    @Test
    void a_policy_takes_the_place_of_the_one_before() {
        write(tx -> tx.encryptionKeys().putPolicy(KEY, "{2}"));

        assertThat(found(tx -> tx.encryptionKeys().policy(KEY))).contains("{2}");
    }

    @Test
    void tags_are_kept_by_their_key_in_its_order_until_they_are_removed() {
        write(tx -> tx.encryptionKeys().putTags(KEY, List.of(new ResourceTag("b", "1"), new ResourceTag("a", "2"))));
        write(tx -> tx.encryptionKeys().putTags(KEY, List.of(new ResourceTag("b", "3"))));
        assertThat(listed(tx -> tx.encryptionKeys().tags(KEY)))
                .containsExactly(new ResourceTag("a", "2"), new ResourceTag("b", "3"));

        write(tx -> tx.encryptionKeys().removeTags(KEY, List.of("a", "none")));

        assertThat(listed(tx -> tx.encryptionKeys().tags(KEY))).containsExactly(new ResourceTag("b", "3"));
    }

    @Test
    void keys_are_listed_page_by_page_of_an_account_and_region_or_of_all() {
        var elsewhere = new RegistryId(REGISTRY.account(), "us-east-1");
        var third = EncryptionKey.create("k3", elsewhere, KEY.manager(), "", NOW);
        write(tx -> {
            tx.encryptionKeys().create(key("k0"), "{}", FIRST);
            tx.encryptionKeys().create(third, "{}", FIRST);
        });

        assertThat(listed(tx -> tx.encryptionKeys().list(REGISTRY, null, 1))).containsExactly(key("k0"));
        assertThat(listed(tx -> tx.encryptionKeys().list(REGISTRY, "k0", 9))).containsExactly(KEY);
        assertThat(listed(tx -> tx.encryptionKeys().all(null, 2))).containsExactly(key("k0"), KEY);
        assertThat(listed(tx -> tx.encryptionKeys().all("k1", 2))).containsExactly(third);
    }

    @Test
    void a_key_is_to_be_deleted_and_to_be_rotated_from_its_time_on() {
        var other = key("k2").rotating(new Rotation(90, NOW));
        write(tx -> {
            tx.encryptionKeys().create(key("k2"), "{}", FIRST);
            tx.encryptionKeys().update(KEY.deletedAt(new Deletion(7, NOW)));
            tx.encryptionKeys().update(other);
        });

        assertThat(listed(tx -> tx.encryptionKeys().toDelete(NOW.minusSeconds(1), 9)))
                .isEmpty();
        assertThat(listed(tx -> tx.encryptionKeys().toDelete(NOW, 9)))
                .containsExactly(KEY.deletedAt(new Deletion(7, NOW)));
        assertThat(listed(tx -> tx.encryptionKeys().toRotate(NOW.minusSeconds(1), 9)))
                .isEmpty();
        assertThat(listed(tx -> tx.encryptionKeys().toRotate(NOW, 9))).containsExactly(other);
    }

    @Test
    void a_deleted_key_is_gone_with_its_materials_tags_and_aliases() {
        write(tx -> {
            tx.encryptionKeys().putTags(KEY, List.of(new ResourceTag("a", "b")));
            tx.keyAliases().create(new KeyAlias(REGISTRY, "alias/a", "k1", NOW, NOW));
        });

        write(tx -> tx.encryptionKeys().delete(KEY));

        assertThat(found(tx -> tx.encryptionKeys().find("k1"))).isEmpty();
        assertThat(found(tx -> tx.encryptionKeys().material(KEY, 1))).isEmpty();
        assertThat(listed(tx -> tx.encryptionKeys().tags(KEY))).isEmpty();
        assertThat(found(tx -> tx.keyAliases().find(REGISTRY, "alias/a"))).isEmpty();
    }

    @Test
    void every_change_of_who_may_do_what_is_counted() {
        assertCounted(() -> write(tx -> tx.encryptionKeys().create(key("k2"), "{}", FIRST)));
        assertCounted(() -> write(tx -> tx.encryptionKeys().putPolicy(KEY, "{2}")));
        assertCounted(() -> write(tx -> tx.encryptionKeys().putTags(KEY, List.of(new ResourceTag("a", "b")))));
        assertCounted(() -> write(tx -> tx.encryptionKeys().removeTags(KEY, List.of("a"))));
        assertCounted(() -> write(tx -> tx.encryptionKeys().delete(KEY)));
    }

    private void assertCounted(Runnable change) {
        var before = store().accessChanges();
        change.run();
        assertThat(store().accessChanges()).isGreaterThan(before);
    }

    private static EncryptionKey key(String id) {
        return EncryptionKey.create(id, REGISTRY, EncryptionKey.Manager.CUSTOMER, "", NOW);
    }
}
