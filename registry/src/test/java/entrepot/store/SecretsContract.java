package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import entrepot.domain.Secret;
import entrepot.domain.SecretValue;
import entrepot.domain.SecretVersion;
import entrepot.store.Secrets.Order;
import entrepot.store.Secrets.Part;
import entrepot.store.Secrets.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class SecretsContract extends TablesContract {

    private static final RegistryId OTHER = new RegistryId(REGISTRY.account(), "us-east-1");
    private static final Secret APP = Secret.create(REGISTRY, "app", "ours", NOW);
    private static final SecretValue VALUE = SecretValue.of("hidden");

    @BeforeEach
    void store_a_secret() {
        write(tx -> {
            tx.secrets().create(APP);
            tx.secrets().addVersion(APP, "v1", VALUE, NOW);
            tx.secrets().putStage(APP, SecretVersion.CURRENT, "v1");
        });
    }

    private List<SecretVersion> versions() {
        return listed(tx -> tx.secrets().versions(APP));
    }

    @Test
    void a_secret_is_found_by_its_name_and_by_its_whole_arn_where_it_is() {
        assertThat(found(tx -> tx.secrets().find(REGISTRY, "app"))).contains(APP);
        assertThat(found(tx -> tx.secrets().find(APP.arn()))).contains(APP);
        assertThat(found(tx -> tx.secrets().find(OTHER, "app"))).isEmpty();
        assertThat(found(tx -> tx.secrets().find(REGISTRY, "App"))).isEmpty();
        assertThat(found(tx -> tx.secrets()
                        .find(Secret.create(REGISTRY, "app", null, NOW).arn())))
                .isEmpty();
    }

    @Test
    void a_name_is_of_one_secret() {
        assertThatThrownBy(() -> write(tx -> tx.secrets().create(Secret.create(REGISTRY, "app", null, NOW))))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void what_is_said_of_it_can_be_changed() {
        var later = NOW.plusSeconds(5);
        var changed = APP.describedAs(null, later).deletedBy(new Secret.Deletion(NOW, later), later);
        write(tx -> tx.secrets().update(changed));

        assertThat(found(tx -> tx.secrets().find(REGISTRY, "app"))).contains(changed);
    }

    @Test
    void a_value_is_the_one_that_was_stored_and_of_its_kind() {
        var bytes = new SecretValue(false, new byte[] {0, 1, (byte) 0xff});
        write(tx -> tx.secrets().addVersion(APP, "v2", bytes, NOW));

        assertThat(found(tx -> tx.secrets().value(APP, "v1")).orElseThrow().isSame(VALUE))
                .isTrue();
        assertThat(found(tx -> tx.secrets().value(APP, "v2")).orElseThrow().isSame(bytes))
                .isTrue();
        assertThat(found(tx -> tx.secrets().value(APP, "v3"))).isEmpty();
    }

    @Test
    void a_label_is_at_one_version() {
        write(tx -> {
            tx.secrets().addVersion(APP, "v2", VALUE, NOW.plusSeconds(1));
            tx.secrets().putStage(APP, SecretVersion.CURRENT, "v2");
            tx.secrets().putStage(APP, "mine", "v2");
            tx.secrets().putStage(APP, SecretVersion.PREVIOUS, "v1");
        });
        assertThat(versions())
                .containsExactly(
                        new SecretVersion("v2", NOW.plusSeconds(1), null, List.of("AWSCURRENT", "mine")),
                        new SecretVersion("v1", NOW, null, List.of("AWSPREVIOUS")));

        write(tx -> tx.secrets().deleteVersion(APP, "v2"));
        assertThat(versions()).containsExactly(new SecretVersion("v1", NOW, null, List.of("AWSPREVIOUS")));
    }

    @Test
    void the_day_of_an_access_is_noted_at_secret_and_version() {
        var day = Instant.parse("2026-03-01T00:00:00Z");
        write(tx -> tx.secrets().noteAccess(APP, "v1", day));

        assertThat(versions()).extracting(SecretVersion::accessedAt).containsExactly(day);
        assertThat(found(tx -> tx.secrets().find(APP.arn())).orElseThrow().accessedAt())
                .isEqualTo(day);
    }

    @Test
    void a_policy_and_tags_are_its_own_and_go_with_it() {
        write(tx -> {
            tx.secrets().putPolicy(APP, "{}");
            tx.secrets().putTags(APP, List.of(new ResourceTag("b", "1"), new ResourceTag("a", "2")));
            tx.secrets().putTags(APP, List.of(new ResourceTag("b", "3")));
        });
        assertThat(found(tx -> tx.secrets().policy(APP))).contains("{}");
        assertThat(listed(tx -> tx.secrets().tags(APP)))
                .containsExactly(new ResourceTag("a", "2"), new ResourceTag("b", "3"));

        write(tx -> {
            tx.secrets().putPolicy(APP, null);
            tx.secrets().removeTags(APP, List.of("a", "none"));
        });
        assertThat(found(tx -> tx.secrets().policy(APP))).isEmpty();
        assertThat(listed(tx -> tx.secrets().tags(APP))).containsExactly(new ResourceTag("b", "3"));

        write(tx -> tx.secrets().delete(APP));
        assertThat(found(tx -> tx.secrets().find(REGISTRY, "app"))).isEmpty();
        assertThat(versions()).isEmpty();
        assertThat(listed(tx -> tx.secrets().tags(APP))).isEmpty();
    }

    @Test
    void those_whose_time_has_come_are_found_the_earliest_first() {
        var now = NOW.plus(Duration.ofDays(7));
        Stream.of(9, 8, 6, 7)
                .forEach(days -> write(tx -> {
                    var secret = Secret.create(REGISTRY, "s" + days, null, NOW);
                    tx.secrets().create(secret);
                    tx.secrets()
                            .update(secret.deletedBy(new Secret.Deletion(NOW, NOW.plus(Duration.ofDays(days))), NOW));
                }));

        assertThat(listed(tx -> tx.secrets().toDelete(now, 10)))
                .extracting(Secret::name)
                .containsExactly("s6", "s7");
        assertThat(listed(tx -> tx.secrets().toDelete(now, 1))).hasSize(1);
    }

    @Test
    void they_are_listed_by_name_or_by_age_from_either_end() {
        write(tx -> {
            tx.secrets().create(Secret.create(REGISTRY, "a", null, NOW.plusSeconds(1)));
            tx.secrets().create(Secret.create(REGISTRY, "Z", null, NOW.plusSeconds(1)));
            tx.secrets().create(Secret.create(OTHER, "elsewhere", null, NOW));
        });

        assertThat(names(Order.NAME, false, null)).containsExactly("Z", "a", "app");
        assertThat(names(Order.NAME, true, null)).containsExactly("app", "a", "Z");
        assertThat(names(Order.CREATED, false, null)).containsExactly("app", "Z", "a");
        assertThat(names(Order.CREATED, true, null)).containsExactly("a", "Z", "app");
        assertThat(names(Order.NAME, false, new Place(NOW, "a"))).containsExactly("app");
        assertThat(names(Order.CREATED, false, new Place(NOW.plusSeconds(1), "Z")))
                .containsExactly("a");
        assertThat(names(Order.CREATED, true, new Place(NOW.plusSeconds(1), "Z")))
                .containsExactly("app");
    }

    private List<String> names(Order order, boolean isDescending, @Nullable Place after) {
        return listed(tx -> tx.secrets().list(REGISTRY, new Part(order, isDescending, after, 10))).stream()
                .map(Secret::name)
                .toList();
    }
}
