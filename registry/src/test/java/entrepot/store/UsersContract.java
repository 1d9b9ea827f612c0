package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Partition;
import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.store.Users.InlinePolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class UsersContract extends TablesContract {

    private static final AccountId ACCOUNT = new AccountId("123456789012");
    private static final User ANN = user("AIDA1", "/team/a/", "Ann");
    private static final Arn FULL = new Arn("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess");
    private static final Arn OWN = new Arn("arn:aws:iam::123456789012:policy/own");

    @BeforeEach
    void store_a_user() {
        write(tx -> {
            tx.accounts().create(ACCOUNT, NOW);
            tx.users().create(ANN);
        });
    }

    @Test
    void a_user_is_found_by_id_and_by_name_without_regard_to_case() {
        assertThat(found(tx -> tx.users().find(ACCOUNT, new UserName("aNN")))).contains(ANN);
        assertThat(found(tx -> tx.users().find("AIDA1"))).contains(ANN);
        assertThat(found(tx -> tx.users().find(new AccountId("210987654321"), new UserName("Ann"))))
                .isEmpty();
        assertThat(ANN.arn(Partition.AWS)).isEqualTo(new Arn("arn:aws:iam::123456789012:user/team/a/Ann"));
    }

    @Test
    void a_user_is_found_by_the_arn_that_it_has_now_alone() {
        assertThat(found(tx -> tx.users().find(ANN.arn(Partition.AWS)))).contains(ANN);
        for (var other : List.of("user/team/a/ann", "user/Ann", "user/team/b/Ann", "policy/team/a/Ann", "root")) {
            var arn = new Arn("arn:aws:iam::123456789012:" + other);
            assertThat(found(tx -> tx.users().find(arn))).as(other).isEmpty();
        }

        write(tx -> tx.users().rename(user("AIDA1", "/", "Ann")));

        assertThat(found(tx -> tx.users().find(ANN.arn(Partition.AWS)))).isEmpty();
    }

    @Test
    void a_name_is_taken_whatever_its_case() {
        assertThatThrownBy(() -> write(tx -> tx.users().create(user("AIDA2", "/", "ANN"))))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_user_of_no_account_cannot_be_made() {
        var stranger = new User("AIDA2", new AccountId("210987654321"), "/", new UserName("eve"), NOW);

        assertThatThrownBy(() -> write(tx -> tx.users().create(stranger))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_renamed_user_stays_the_same_one() {
        write(tx -> tx.users().putTags(ANN, List.of(new ResourceTag("k", "v"))));
        var renamed = user("AIDA1", "/", "Bea");

        write(tx -> tx.users().rename(renamed));

        assertThat(found(tx -> tx.users().find(ACCOUNT, new UserName("bea")))).contains(renamed);
        assertThat(found(tx -> tx.users().find(ACCOUNT, new UserName("ann")))).isEmpty();
        assertThat(listed(tx -> tx.users().tags(renamed))).hasSize(1);
    }

    @Test
    void a_deleted_user_is_gone_with_its_tags() {
        write(tx -> tx.users().putTags(ANN, List.of(new ResourceTag("k", "v"))));

        write(tx -> tx.users().delete(ANN));

        assertThat(found(tx -> tx.users().find(ACCOUNT, new UserName("ann")))).isEmpty();
        assertThat(listed(tx -> tx.users().tags(ANN))).isEmpty();
    }

    @Test
    void users_are_listed_by_name_page_by_page_and_by_path() {
        var bea = user("AIDA2", "/team/", "bea");
        var cid = user("AIDA3", "/team/a/", "Cid");
        write(tx -> List.of(cid, bea).forEach(tx.users()::create));

        assertThat(listed(tx -> tx.users().list(ACCOUNT, "/", null, 2))).containsExactly(ANN, bea);
        assertThat(listed(tx -> tx.users().list(ACCOUNT, "/", "BEA", 2))).containsExactly(cid);
        assertThat(listed(tx -> tx.users().list(ACCOUNT, "/team/a", null, 9))).containsExactly(ANN, cid);
        assertThat(listed(tx -> tx.users().list(ACCOUNT, "/%/", null, 9))).isEmpty();
        assertThat(listed(tx -> tx.users().list(new AccountId("210987654321"), "/", null, 9)))
                .isEmpty();
        assertThat(holds(tx -> tx.users().count(ACCOUNT) == 3)).isTrue();
    }

    @Test
    void tags_are_put_replaced_and_removed() {
        write(tx -> tx.users().putTags(ANN, List.of(new ResourceTag("b", "1"), new ResourceTag("a", "2"))));
        write(tx -> tx.users().putTags(ANN, List.of(new ResourceTag("b", "3"))));
        assertThat(listed(tx -> tx.users().tags(ANN)))
                .containsExactly(new ResourceTag("a", "2"), new ResourceTag("b", "3"));

        write(tx -> tx.users().removeTags(ANN, Set.of("b", "none")));
        assertThat(listed(tx -> tx.users().tags(ANN))).containsExactly(new ResourceTag("a", "2"));
    }

    @Test
    void policies_of_a_user_are_put_replaced_listed_and_deleted() {
        var push = new InlinePolicy("push", "{}");
        var pull = new InlinePolicy("pull", "{ }");
        write(tx -> List.of(push, pull, new InlinePolicy("push", "{\n}"))
                .forEach(p -> tx.users().putPolicy(ANN, p)));

        assertThat(listed(tx -> tx.users().policies(ANN, null, 9)))
                .containsExactly(pull, new InlinePolicy("push", "{\n}"));
        assertThat(listed(tx -> tx.users().policies(ANN, "pull", 1)))
                .extracting(InlinePolicy::name)
                .contains("push");
        assertThat(found(tx -> tx.users().policy(ANN, "pull"))).contains(pull);

        write(tx -> tx.users().deletePolicy(ANN, "pull"));
        assertThat(found(tx -> tx.users().policy(ANN, "pull"))).isEmpty();
    }

    @Test
    void policies_are_attached_and_counted_in_their_account() {
        write(tx -> List.of(OWN, FULL, OWN).forEach(arn -> tx.users().attach(ANN, arn)));

        assertThat(listed(tx -> tx.users().attached(ANN))).containsExactly(OWN, FULL);
        assertThat(holds(tx -> tx.policies().attachments(ACCOUNT, FULL) == 1)).isTrue();
        assertThat(holds(tx -> tx.policies().attachments(new AccountId("210987654321"), FULL) == 0))
                .isTrue();

        write(tx -> tx.users().detach(ANN, OWN));
        assertThat(listed(tx -> tx.users().attached(ANN))).containsExactly(FULL);
    }

    @Test
    void the_users_of_a_policy_are_listed_by_name_page_and_path() {
        var bea = user("AIDA2", "/", "bea");
        var cid = user("AIDA3", "/team/b/", "Cid");
        write(tx -> List.of(cid, bea).forEach(each -> tx.users().create(each)));
        write(tx -> List.of(cid, bea, ANN).forEach(each -> tx.users().attach(each, FULL)));
        write(tx -> tx.users().attach(bea, OWN));

        assertThat(listed(tx -> tx.users().attachedTo(ACCOUNT, FULL, "/", null, 9)))
                .containsExactly(ANN, bea, cid);
        assertThat(listed(tx -> tx.users().attachedTo(ACCOUNT, FULL, "/team/", null, 9)))
                .containsExactly(ANN, cid);
        assertThat(listed(tx -> tx.users().attachedTo(ACCOUNT, FULL, "/", "Ann", 1)))
                .containsExactly(bea);
        assertThat(listed(tx -> tx.users().attachedTo(ACCOUNT, OWN, "/", null, 9)))
                .containsExactly(bea);
        assertThat(listed(tx -> tx.users().attachedTo(new AccountId("210987654321"), FULL, "/", null, 9)))
                .isEmpty();
    }

    @Test
    void a_user_with_policies_cannot_be_deleted() {
        write(tx -> tx.users().attach(ANN, OWN));

        assertThatThrownBy(() -> write(tx -> tx.users().delete(ANN))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void every_change_of_a_user_is_counted() {
        assertCounted(() -> write(tx -> tx.users().rename(ANN)));
        assertCounted(() -> write(tx -> tx.users().putTags(ANN, List.of(new ResourceTag("k", "v")))));
        assertCounted(() -> write(tx -> tx.users().removeTags(ANN, Set.of("k"))));
        assertCounted(() -> write(tx -> tx.users().putPolicy(ANN, new InlinePolicy("p", "{}"))));
        assertCounted(() -> write(tx -> tx.users().deletePolicy(ANN, "p")));
        assertCounted(() -> write(tx -> tx.users().attach(ANN, OWN)));
        assertCounted(() -> write(tx -> tx.users().detach(ANN, OWN)));
        assertCounted(() -> write(tx -> tx.users().delete(ANN)));
    }

    private void assertCounted(Runnable change) {
        var before = store().accessChanges();
        change.run();
        assertThat(store().accessChanges()).isGreaterThan(before);
    }

    private static User user(String id, String path, String name) {
        return new User(id, ACCOUNT, path, new UserName(name), NOW);
    }
}
