package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.CustomerPolicy;
import entrepot.domain.CustomerPolicy.Version;
import entrepot.domain.Partition;
import entrepot.domain.ResourceTag;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public abstract class PoliciesContract extends TablesContract {

    private static final AccountId ACCOUNT = new AccountId("123456789012");
    private static final CustomerPolicy PUSH = policy("ANPA1", "/ci/", "Push");

    @BeforeEach
    void store_a_policy() {
        write(tx -> {
            tx.accounts().create(ACCOUNT, NOW);
            tx.policies().create(PUSH, "{1}");
        });
    }

    @Test
    void a_policy_is_found_by_its_arn_and_by_its_name_without_regard_to_case() {
        assertThat(found(tx -> tx.policies().find(PUSH.arn(Partition.AWS)))).contains(PUSH);
        assertThat(found(tx -> tx.policies().find(ACCOUNT, "PUSH"))).contains(PUSH);
        assertThat(found(tx -> tx.policies().document(PUSH.arn(Partition.AWS)))).contains("{1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::123456789012:policy/Push",
                "arn:aws:iam::123456789012:policy/ci/push",
                "arn:aws:iam::210987654321:policy/ci/Push",
                "arn:aws:iam::aws:policy/ci/Push",
                "arn:aws:iam::123456789012:policy/ci/Push/",
                "Push",
                ""
            })
    void another_arn_is_another_policy(String arn) {
        assertThat(found(tx -> tx.policies().find(new Arn(arn)))).isEmpty();
    }

    @Test
    void a_name_is_taken_whatever_its_case_and_path() {
        assertThatThrownBy(() -> write(tx -> tx.policies().create(policy("ANPA2", "/", "PUSH"), "{}")))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void versions_are_numbered_and_a_number_is_never_used_again() {
        var later = NOW.plus(Duration.ofHours(1));
        write(tx -> tx.policies().addVersion(PUSH, "{2}", later));
        write(tx -> tx.policies().deleteVersion(PUSH, 2));
        var third = store().transact(tx -> tx.policies().addVersion(PUSH, "{3}", later));

        assertThat(third).isEqualTo(new Version(3, "{3}", later));
        assertThat(listed(tx -> tx.policies().versions(PUSH))).containsExactly(third, new Version(1, "{1}", NOW));
        assertThat(found(tx -> tx.policies().version(PUSH, 2))).isEmpty();
        assertThat(found(tx -> tx.policies().document(PUSH.arn(Partition.AWS)))).contains("{1}");
    }

    @Test
    void the_default_version_counts() {
        var later = NOW.plus(Duration.ofHours(1));
        write(tx -> tx.policies().addVersion(PUSH, "{2}", later));

        write(tx -> tx.policies().setDefaultVersion(PUSH, 2, later));

        assertThat(found(tx -> tx.policies().document(PUSH.arn(Partition.AWS)))).contains("{2}");
        assertThat(found(tx -> tx.policies().find(PUSH.arn(Partition.AWS))))
                .contains(new CustomerPolicy("ANPA1", ACCOUNT, "/ci/", "Push", "pushes", 2, 2, NOW, later));
    }

    @Test
    void tags_are_kept_by_their_key_in_its_order_until_they_are_removed() {
        var other = policy("ANPA2", "/", "other");
        write(tx -> tx.policies().create(other, "{}"));
        write(tx -> tx.policies().putTags(other, List.of(new ResourceTag("a", "o"))));
        write(tx -> tx.policies().putTags(PUSH, List.of(new ResourceTag("b", "1"), new ResourceTag("a", "2"))));
        write(tx -> tx.policies().putTags(PUSH, List.of(new ResourceTag("b", "3"))));
        assertThat(listed(tx -> tx.policies().tags(PUSH)))
                .containsExactly(new ResourceTag("a", "2"), new ResourceTag("b", "3"));

        write(tx -> tx.policies().removeTags(PUSH, List.of("a", "none")));

        assertThat(listed(tx -> tx.policies().tags(PUSH))).containsExactly(new ResourceTag("b", "3"));
        assertThat(listed(tx -> tx.policies().tags(other))).containsExactly(new ResourceTag("a", "o"));
    }

    @Test
    void a_deleted_policy_is_gone_with_its_versions_and_tags() {
        write(tx -> tx.policies().putTags(PUSH, List.of(new ResourceTag("k", "v"))));
        assertThat(listed(tx -> tx.policies().tags(PUSH))).containsExactly(new ResourceTag("k", "v"));

        write(tx -> tx.policies().delete(PUSH));

        assertThat(found(tx -> tx.policies().find(PUSH.arn(Partition.AWS)))).isEmpty();
        assertThat(listed(tx -> tx.policies().versions(PUSH))).isEmpty();
        assertThat(listed(tx -> tx.policies().tags(PUSH))).isEmpty();
    }

    @Test
    void policies_are_listed_by_name_page_by_page_and_by_path() {
        var pull = policy("ANPA2", "/", "pull");
        write(tx -> tx.policies().create(pull, "{}"));

        assertThat(listed(tx -> tx.policies().list(ACCOUNT, "/", null, 1))).containsExactly(pull);
        assertThat(listed(tx -> tx.policies().list(ACCOUNT, "/", "Pull", 9))).containsExactly(PUSH);
        assertThat(listed(tx -> tx.policies().list(ACCOUNT, "/ci/", null, 9))).containsExactly(PUSH);
        assertThat(holds(tx -> tx.policies().count(ACCOUNT) == 2)).isTrue();
    }

    @Test
    void every_change_of_a_policy_is_counted() {
        assertCounted(() -> write(tx -> tx.policies().addVersion(PUSH, "{2}", NOW)));
        assertCounted(() -> write(tx -> tx.policies().setDefaultVersion(PUSH, 2, NOW)));
        assertCounted(() -> write(tx -> tx.policies().deleteVersion(PUSH, 1)));
        assertCounted(() -> write(tx -> tx.policies().delete(PUSH)));
    }

    private void assertCounted(Runnable change) {
        var before = store().accessChanges();
        change.run();
        assertThat(store().accessChanges()).isGreaterThan(before);
    }

    private static CustomerPolicy policy(String id, String path, String name) {
        return new CustomerPolicy(id, ACCOUNT, path, name, "pushes", 1, 1, NOW, NOW);
    }
}
