package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Arn;
import entrepot.domain.CacheRule;
import entrepot.domain.RegistryId;
import entrepot.domain.TemplatePrefix;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

public abstract class CacheRulesContract extends TablesContract {

    private static final RegistryId OTHER = new RegistryId(REGISTRY.account(), "us-east-1");

    @Test
    void a_rule_is_found_as_it_was_put() {
        var full = new CacheRule(
                prefix("hub"),
                "registry-1.docker.io",
                prefix("team/a"),
                new Arn("arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/a-AbCdEf"),
                new Arn("arn:aws:iam::123456789012:role/r"),
                NOW,
                NOW.plusSeconds(1));
        put(REGISTRY, full);
        put(REGISTRY, plain("hub/a"));

        assertThat(find(REGISTRY, "hub")).containsExactly(full);
        assertThat(find(REGISTRY, "hub/a", "none")).containsExactly(plain("hub/a"));
        assertThat(find(OTHER, "hub")).isEmpty();
    }

    @Test
    void what_is_put_again_is_in_the_place_of_what_was_there() {
        put(REGISTRY, plain("hub"));
        var other = plain("hub").with(new Arn("a"), null, NOW.plusSeconds(1));
        put(REGISTRY, other);

        assertThat(find(REGISTRY, "hub")).containsExactly(other);
    }

    @Test
    void what_is_deleted_is_gone_and_another_registrys_is_not_touched() {
        put(REGISTRY, plain("hub"));
        put(OTHER, plain("hub"));
        delete("hub");
        delete("hub");

        assertThat(find(REGISTRY, "hub")).isEmpty();
        assertThat(find(OTHER, "hub")).containsExactly(plain("hub"));
    }

    @Test
    void they_are_listed_in_the_byte_order_of_prefixes_page_by_page() {
        Stream.of("b", "a/c", "a-c", "ROOT").forEach(name -> put(REGISTRY, plain(name)));
        put(OTHER, plain("c"));

        assertThat(list(null, 2)).containsExactly(plain("ROOT"), plain("a-c"));
        assertThat(list(prefix("a-c"), 9)).containsExactly(plain("a/c"), plain("b"));
        assertThat(list(prefix("b"), 9)).isEmpty();
    }

    private static TemplatePrefix prefix(String text) {
        return new TemplatePrefix(text);
    }

    private static CacheRule plain(String name) {
        return new CacheRule(prefix(name), "quay.io", null, null, null, NOW, NOW);
    }

    private void put(RegistryId registry, CacheRule rule) {
        store().transact(tx -> {
            tx.cacheRules().put(registry, rule);
            return rule;
        });
    }

    private void delete(String name) {
        store().transact(tx -> {
            tx.cacheRules().delete(REGISTRY, prefix(name));
            return name;
        });
    }

    private List<CacheRule> find(RegistryId registry, String... names) {
        var prefixes = Stream.of(names).map(TemplatePrefix::new).toList();
        return listed(tx -> tx.cacheRules().find(registry, prefixes));
    }

    private List<CacheRule> list(@Nullable TemplatePrefix after, int limit) {
        return listed(tx -> tx.cacheRules().list(REGISTRY, after, limit));
    }
}
