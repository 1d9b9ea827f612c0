package entrepot.operation.replication;

import static entrepot.operation.World.refusal;
import static entrepot.replication.Replicated.BEYOND;
import static entrepot.replication.Replicated.HOME;
import static entrepot.replication.Replicated.OTHERS;
import static entrepot.replication.Replicated.THERE;
import static entrepot.replication.Replicated.rule;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.RegistryId;
import entrepot.operation.registry.DescribeRegistry;
import entrepot.operation.replication.ReplicationConfiguration.Destination;
import entrepot.operation.replication.ReplicationConfiguration.Rule;
import entrepot.replication.Replicated;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PutReplicationConfigurationTest {

    private static final String REFUSED =
            "InvalidParameterException: Invalid parameter at 'replicationConfiguration' failed to satisfy constraint: ";

    @AutoClose
    private final Replicated registries = new Replicated();

    private ReplicationConfiguration put(Rule... rules) {
        return registries
                .call(
                        HOME,
                        PutReplicationConfiguration.class,
                        new PutReplicationConfiguration.Input(new ReplicationConfiguration(List.of(rules))))
                .replicationConfiguration();
    }

    private ReplicationConfiguration described(RegistryId registry) {
        return registries
                .call(registry, DescribeRegistry.class, new DescribeRegistry.Input())
                .replicationConfiguration();
    }

    @Test
    void the_registry_is_described_with_what_was_put_to_the_letter() {
        assertThat(described(HOME).rules()).isEmpty();
        var rules = new Rule[] {
            rule(true, List.of("app", "team/"), THERE, OTHERS), rule(false, List.of(), BEYOND), rule(null, List.of())
        };

        assertThat(put(rules).rules()).containsExactly(rules);
        assertThat(described(HOME).rules()).containsExactly(rules);
        assertThat(described(THERE).rules()).isEmpty();

        assertThat(put().rules()).isEmpty();
        assertThat(described(HOME).rules()).isEmpty();
    }

    @Test
    void a_registry_is_no_destination_of_its_own() {
        assertThat(refusal(() -> put(rule(null, List.of(), THERE, HOME))))
                .isEqualTo(REFUSED + "'Replication destination cannot be the same as the source registry'");
    }

    @Test
    void a_region_is_of_the_form_of_one() {
        var nowhere = new Rule(List.of(new Destination("nowhere", HOME.account())), null, null);

        assertThat(refusal(() -> put(nowhere))).isEqualTo(REFUSED + "'Replication destination region is not valid'");
    }

    @Test
    void all_rules_together_have_25_destinations_at_most() {
        var most = IntStream.rangeClosed(1, 25)
                .mapToObj(i -> new RegistryId(HOME.account(), "us-east-" + (i + 5)))
                .toArray(RegistryId[]::new);
        assertThat(put(rule(null, List.of("aa"), most), rule(null, List.of("bb"), most))
                        .rules())
                .hasSize(2);

        assertThat(refusal(() -> put(rule(null, List.of("aa"), most), rule(null, List.of("bb"), OTHERS))))
                .isEqualTo(
                        REFUSED + "'The number of unique replication destinations must be less than or equal to 25'");
    }
}
