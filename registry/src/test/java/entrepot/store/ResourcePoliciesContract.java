package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

public abstract class ResourcePoliciesContract extends TablesContract {

    private static final RepositoryName APP = new RepositoryName("app");
    private static final RegistryId ELSEWHERE = new RegistryId(REGISTRY.account(), "eu-west-1");

    @Test
    void a_repositorys_policy_is_put_replaced_and_deleted() {
        var repository = create(APP);
        var other = create(new RepositoryName("other"));
        assertThat(of(repository)).isEmpty();

        write(tx -> tx.resourcePolicies().putRepository(repository, "{\"a\":1}"));
        assertThat(of(repository)).hasValue("{\"a\":1}");
        assertThat(of(other)).isEmpty();

        write(tx -> tx.resourcePolicies().putRepository(repository, "{}"));
        assertThat(of(repository)).hasValue("{}");

        write(tx -> tx.resourcePolicies().deleteRepository(repository));
        write(tx -> tx.resourcePolicies().deleteRepository(repository));
        assertThat(of(repository)).isEmpty();
    }

    @Test
    void a_repository_made_anew_under_the_same_name_has_no_policy() {
        var before = create(APP);
        write(tx -> tx.resourcePolicies().putRepository(before, "{}"));
        write(tx -> tx.repositories().delete(before, NOW));

        assertThat(of(create(APP))).isEmpty();
    }

    @Test
    void a_registrys_policy_is_put_replaced_and_deleted() {
        write(tx -> tx.resourcePolicies().putRegistry(REGISTRY, "{\"a\":1}"));
        assertThat(of(REGISTRY)).hasValue("{\"a\":1}");
        assertThat(of(ELSEWHERE)).isEmpty();

        write(tx -> tx.resourcePolicies().putRegistry(REGISTRY, "{}"));
        assertThat(of(REGISTRY)).hasValue("{}");

        write(tx -> tx.resourcePolicies().deleteRegistry(REGISTRY));
        write(tx -> tx.resourcePolicies().deleteRegistry(ELSEWHERE));
        assertThat(of(REGISTRY)).isEmpty();
    }

    @Test
    void every_change_counts_as_a_change_of_access() {
        var repository = create(APP);

        assertCounted(tx -> tx.resourcePolicies().putRepository(repository, "{}"));
        assertCounted(tx -> tx.resourcePolicies().deleteRepository(repository));
        assertCounted(tx -> tx.resourcePolicies().putRegistry(REGISTRY, "{}"));
        assertCounted(tx -> tx.resourcePolicies().deleteRegistry(REGISTRY));
        assertCounted(tx -> tx.repositories().delete(repository, NOW));
    }

    private void assertCounted(Consumer<Transaction> work) {
        var before = store().accessChanges();
        write(work);
        assertThat(store().accessChanges()).isGreaterThan(before);
    }

    private Repository create(RepositoryName name) {
        return store().transact(tx -> tx.repositories().create(REGISTRY, name, TagMutability.MUTABLE, false, NOW));
    }

    private Optional<String> of(Repository repository) {
        return store().read(tx -> tx.resourcePolicies().ofRepository(repository));
    }

    private Optional<String> of(RegistryId registry) {
        return store().read(tx -> tx.resourcePolicies().ofRegistry(registry));
    }
}
