package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.EncryptionKey;
import entrepot.domain.GrantConstraints;
import entrepot.domain.KeyGrant;
import entrepot.domain.KeyGrant.Terms;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class KeyGrantsContract extends TablesContract {

    private static final EncryptionKey KEY =
            EncryptionKey.create("k1", REGISTRY, EncryptionKey.Manager.CUSTOMER, "", NOW);
    private static final GrantConstraints TEAM =
            new GrantConstraints(Map.of("team & co", "a=b c"), Map.of("x", "", "", "é"));
    private static final KeyGrant FIRST =
            grant("1", new Terms("AIDA1", "AIDA2", List.of("Encrypt", "Decrypt"), TEAM, "mine"));
    private static final KeyGrant SECOND =
            grant("2", new Terms("AIDA1", null, List.of("Decrypt"), GrantConstraints.NONE, null));
    private static final KeyGrant THIRD =
            grant("3", new Terms("AIDA3", null, List.of("Decrypt"), GrantConstraints.with(Map.of()), null));

    @BeforeEach
    void store_grants() {
        write(tx -> {
            tx.accounts().create(REGISTRY.account(), NOW);
            tx.encryptionKeys().create(KEY, "{}", new byte[] {1});
            List.of(THIRD, FIRST, SECOND).forEach(tx.keyGrants()::create);
        });
    }

    private static KeyGrant grant(String id, Terms terms) {
        return new KeyGrant(id, "k1", terms, REGISTRY.account(), NOW);
    }

    @Test
    void a_grant_is_found_as_it_was_made_at_its_key_alone() {
        assertThat(found(tx -> tx.keyGrants().find("k1", "1"))).contains(FIRST);
        assertThat(found(tx -> tx.keyGrants().find("k1", "2"))).contains(SECOND);
        assertThat(found(tx -> tx.keyGrants().find("k1", "3"))).contains(THIRD);
        assertThat(found(tx -> tx.keyGrants().find("k2", "1"))).isEmpty();
    }

    @Test
    void grants_are_listed_by_id_page_by_page_all_or_those_to_one() {
        assertThat(listed(tx -> tx.keyGrants().list("k1", null, 2))).containsExactly(FIRST, SECOND);
        assertThat(listed(tx -> tx.keyGrants().list("k1", "2", 2))).containsExactly(THIRD);
        assertThat(listed(tx -> tx.keyGrants().to("k1", "AIDA1", null, 9))).containsExactly(FIRST, SECOND);
        assertThat(listed(tx -> tx.keyGrants().to("k1", "AIDA1", "1", 9))).containsExactly(SECOND);
        assertThat(holds(tx -> tx.keyGrants().count("k1") == 3)).isTrue();
        assertThat(holds(tx -> tx.keyGrants().count("k2") == 0)).isTrue();
    }

    @Test
    void those_to_one_are_found_by_just_their_constraints() {
        assertThat(listed(tx -> tx.keyGrants().to("k1", "AIDA1", TEAM))).containsExactly(FIRST);
        assertThat(listed(tx -> tx.keyGrants().to("k1", "AIDA1", GrantConstraints.NONE)))
                .containsExactly(SECOND);
        assertThat(listed(tx -> tx.keyGrants().to("k1", "AIDA3", GrantConstraints.NONE)))
                .as("of one for the empty context")
                .isEmpty();
    }

    @Test
    void a_grant_goes_by_itself_or_with_its_key() {
        write(tx -> tx.keyGrants().delete(FIRST));
        write(tx -> tx.keyGrants().delete(FIRST));
        assertThat(listed(tx -> tx.keyGrants().list("k1", null, 9))).containsExactly(SECOND, THIRD);

        write(tx -> tx.encryptionKeys().delete(KEY));

        assertThat(found(tx -> tx.keyGrants().find("k1", "2"))).isEmpty();
        assertThatThrownBy(() -> write(tx -> tx.keyGrants().create(FIRST))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void every_change_is_counted_as_one_of_who_may_do_what() {
        var before = store().accessChanges();
        write(tx -> tx.keyGrants().delete(FIRST));
        var gone = store().accessChanges();
        write(tx -> tx.keyGrants().create(FIRST));

        assertThat(gone).isGreaterThan(before);
        assertThat(store().accessChanges()).isGreaterThan(gone);
    }
}
