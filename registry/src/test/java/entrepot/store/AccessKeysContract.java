package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.AccessKeys.Use;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class AccessKeysContract extends TablesContract {

    private static final AccountId ACCOUNT = new AccountId("123456789012");
    private static final AccessKey KEY = AccessKey.ofRoot("AKIAABCDEFGHIJKLMNOP", "s3cret", ACCOUNT, NOW);
    private static final User ANN = new User("AIDAANN", ACCOUNT, "/", new UserName("ann"), NOW);
    private static final AccessKey ANNS = new AccessKey("AKIAANN", "anns", ACCOUNT, ANN, true, NOW);

    @Test
    void a_key_is_found_by_its_id_as_it_was_created() {
        write(tx -> tx.accessKeys().create(KEY));

        assertThat(found(tx -> tx.accessKeys().find(KEY.id()))).contains(KEY);
    }

    @Test
    void a_users_key_comes_with_the_user_as_they_are_now() {
        storeAnn();
        var renamed = new User(ANN.id(), ACCOUNT, "/team/", new UserName("Anna"), NOW);
        write(tx -> tx.users().rename(renamed));

        assertThat(found(tx -> tx.accessKeys().find(ANNS.id())))
                .contains(new AccessKey(ANNS.id(), "anns", ACCOUNT, renamed, true, NOW));
    }

    @Test
    void an_absent_key_is_not_found() {
        assertThat(found(tx -> tx.accessKeys().find(KEY.id()))).isEmpty();
    }

    @Test
    void an_id_is_given_to_one_key_only() {
        write(tx -> tx.accessKeys().create(KEY));

        assertThatThrownBy(() -> write(tx -> tx.accessKeys()
                        .create(AccessKey.ofRoot(KEY.id(), "other", new AccountId("210987654321"), NOW))))
                .isInstanceOf(RuntimeException.class);
        assertThat(found(tx -> tx.accessKeys().find(KEY.id()))).contains(KEY);
    }

    @Test
    void keys_are_listed_by_their_owner() {
        storeAnn();
        write(tx -> tx.accessKeys().create(KEY));

        assertThat(listed(tx -> tx.accessKeys().of(ACCOUNT, null))).containsExactly(KEY);
        assertThat(listed(tx -> tx.accessKeys().of(ACCOUNT, ANN))).containsExactly(ANNS);
        assertThat(listed(tx -> tx.accessKeys().of(new AccountId("210987654321"), null)))
                .isEmpty();
    }

    @Test
    void a_key_can_be_made_inactive_and_active_again() {
        write(tx -> tx.accessKeys().create(KEY));

        write(tx -> tx.accessKeys().setActive(KEY.id(), false));
        assertThat(found(tx -> tx.accessKeys().find(KEY.id())))
                .map(AccessKey::isActive)
                .contains(false);

        write(tx -> tx.accessKeys().setActive(KEY.id(), true));
        assertThat(found(tx -> tx.accessKeys().find(KEY.id()))).contains(KEY);
    }

    @Test
    void a_deleted_key_is_not_found() {
        write(tx -> tx.accessKeys().create(KEY));

        write(tx -> tx.accessKeys().delete(KEY.id()));
        write(tx -> tx.accessKeys().delete(KEY.id()));

        assertThat(found(tx -> tx.accessKeys().find(KEY.id()))).isEmpty();
    }

    @Test
    void the_last_use_is_the_latest_one() {
        write(tx -> tx.accessKeys().create(KEY));
        assertThat(found(tx -> tx.accessKeys().lastUse(KEY.id()))).isEmpty();

        var later = new Use(NOW.plus(Duration.ofHours(1)), "eu-west-1", "ecr");
        write(tx -> tx.accessKeys().used(KEY.id(), later));
        write(tx -> tx.accessKeys().used(KEY.id(), new Use(NOW, "us-east-1", "iam")));
        write(tx -> tx.accessKeys().used("AKIAGONE", later));

        assertThat(found(tx -> tx.accessKeys().lastUse(KEY.id()))).contains(later);
    }

    @Test
    void a_user_with_a_key_cannot_be_deleted() {
        storeAnn();

        assertThatThrownBy(() -> write(tx -> tx.users().delete(ANN))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_secret_is_found_by_its_name() {
        write(tx -> tx.accessKeys().createSecret("token", new byte[] {1, 0, -1}));

        assertThat(found(tx -> tx.accessKeys().secret("token"))).hasValue(new byte[] {1, 0, -1});
        assertThat(found(tx -> tx.accessKeys().secret("other"))).isEmpty();
    }

    @Test
    void a_secret_that_is_there_can_be_replaced() {
        write(tx -> tx.accessKeys().createSecret("token", new byte[] {1}));
        write(tx -> tx.accessKeys().replaceSecret("token", new byte[] {2, 3}));
        write(tx -> tx.accessKeys().replaceSecret("other", new byte[] {4}));

        assertThat(found(tx -> tx.accessKeys().secret("token"))).hasValue(new byte[] {2, 3});
        assertThat(found(tx -> tx.accessKeys().secret("other"))).isEmpty();
    }

    @Test
    void a_secret_is_never_made_twice() {
        write(tx -> tx.accessKeys().createSecret("token", new byte[] {1}));

        assertThatThrownBy(() -> write(tx -> tx.accessKeys().createSecret("token", new byte[] {2})))
                .isInstanceOf(RuntimeException.class);
        assertThat(found(tx -> tx.accessKeys().secret("token"))).hasValue(new byte[] {1});
    }

    @Test
    void a_change_of_a_key_is_counted_before_it_is_answered_and_a_use_is_not() {
        var before = store().accessChanges();
        write(tx -> tx.accessKeys().create(KEY));
        var created = store().accessChanges();
        assertThat(created).isGreaterThan(before);

        assertThat(IntStream.range(0, 3).anyMatch(_ -> isUncounted(new Use(NOW, "us-east-1", "iam"))))
                .isTrue();
        var used = store().accessChanges();
        write(tx -> tx.accessKeys().delete(KEY.id()));
        assertThat(store().accessChanges()).isGreaterThan(used);
    }

    /// A change from before may be counted once more meanwhile, in a store of several processes.
    private boolean isUncounted(Use use) {
        var before = store().accessChanges();
        write(tx -> tx.accessKeys().used(KEY.id(), use));
        return store().accessChanges() == before;
    }

    private void storeAnn() {
        write(tx -> {
            tx.accounts().create(ACCOUNT, NOW);
            tx.users().create(ANN);
            tx.accessKeys().create(ANNS);
        });
    }
}
