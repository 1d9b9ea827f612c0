package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.RegistryId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

public abstract class PullExclusionsContract extends TablesContract {

    private static final RegistryId OTHER = new RegistryId(REGISTRY.account(), "us-east-1");
    private static final String ANN = "arn:aws:iam::123456789012:user/ann";
    private static final String SCANNER = "arn:aws:iam::123456789012:role/scanner";

    @Test
    void an_exclusion_is_of_one_registry_and_there_once() {
        assertThat(add(REGISTRY, ANN)).isTrue();
        assertThat(add(REGISTRY, ANN)).isFalse();
        assertThat(add(OTHER, SCANNER)).isTrue();

        assertThat(has(REGISTRY, ANN)).isTrue();
        assertThat(has(REGISTRY, SCANNER)).isFalse();
        assertThat(has(OTHER, ANN)).isFalse();
    }

    @Test
    void one_that_is_removed_is_gone_and_another_registrys_is_not_touched() {
        add(REGISTRY, ANN);
        add(OTHER, ANN);

        assertThat(remove(REGISTRY, ANN)).isTrue();
        assertThat(remove(REGISTRY, ANN)).isFalse();

        assertThat(has(REGISTRY, ANN)).isFalse();
        assertThat(has(OTHER, ANN)).isTrue();
    }

    @Test
    void they_are_listed_in_order_page_by_page() {
        add(REGISTRY, ANN);
        add(REGISTRY, SCANNER);
        add(OTHER, ANN);

        assertThat(list(null, 1)).containsExactly(SCANNER);
        assertThat(list(SCANNER, 9)).containsExactly(ANN);
        assertThat(list(ANN, 9)).isEmpty();
    }

    private boolean add(RegistryId registry, String principal) {
        return store().<Boolean>transact(tx -> tx.pullExclusions().add(registry, principal, NOW));
    }

    private boolean remove(RegistryId registry, String principal) {
        return store().<Boolean>transact(tx -> tx.pullExclusions().remove(registry, principal));
    }

    private boolean has(RegistryId registry, String principal) {
        return holds(tx -> tx.pullExclusions().has(registry, principal));
    }

    private List<String> list(@Nullable String after, int limit) {
        return listed(tx -> tx.pullExclusions().list(REGISTRY, after, limit));
    }
}
