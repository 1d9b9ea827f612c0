package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Arn;
import entrepot.domain.CreationTemplate;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.CreationTemplate.Settings;
import entrepot.domain.CreationTemplate.Wish;
import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import entrepot.domain.TagMutability.Filter;
import entrepot.domain.TagMutability.Mode;
import entrepot.domain.TemplatePrefix;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

public abstract class CreationTemplatesContract extends TablesContract {

    private static final RegistryId OTHER = new RegistryId(REGISTRY.account(), "us-east-1");

    private static final Settings ALL = new Settings(
            new Wish(2, new Arn("arn:aws:kms:eu-west-1:123456789012:key/k")),
            List.of(new ResourceTag("A", "1"), new ResourceTag("a", "")),
            new TagMutability(Mode.IMMUTABLE_WITH_EXCLUSION, List.of(new Filter("b*"), new Filter("a"))),
            "{\"policy\": 1}",
            "{\"rules\": []}");

    @Test
    void a_template_is_found_as_it_was_put() {
        var full = new CreationTemplate(
                prefix("team"),
                "ours",
                ALL,
                List.of(Occasion.CREATE_ON_PUSH, Occasion.REPLICATION),
                new Arn("arn:aws:iam::123456789012:role/r"),
                NOW,
                NOW.plusSeconds(1));
        put(REGISTRY, full);
        put(REGISTRY, plain("team/a"));

        assertThat(find(REGISTRY, "team")).containsExactly(full);
        assertThat(find(REGISTRY, "team/a")).containsExactly(plain("team/a"));
    }

    @Test
    void only_the_prefixes_that_are_asked_for_are_found_and_of_the_registry_alone() {
        Stream.of("ROOT", "team", "team/a", "tea").forEach(name -> put(REGISTRY, plain(name)));
        put(OTHER, plain("other"));

        assertThat(find(REGISTRY, "team/a", "team", "ROOT", "none", "other"))
                .containsExactlyInAnyOrder(plain("team/a"), plain("team"), plain("ROOT"));
        assertThat(find(OTHER, "team", "other")).containsExactly(plain("other"));
    }

    @Test
    void what_is_put_again_is_in_the_place_of_what_was_there() {
        put(REGISTRY, plain("team").with(ALL));
        put(REGISTRY, plain("team").with(ALL.tagged(List.of(new ResourceTag("b", "2")))));

        assertThat(find(REGISTRY, "team"))
                .containsExactly(plain("team").with(ALL.tagged(List.of(new ResourceTag("b", "2")))));
        put(REGISTRY, plain("team"));
        assertThat(find(REGISTRY, "team")).containsExactly(plain("team"));
    }

    @Test
    void what_is_deleted_is_gone_with_its_tags_and_another_registrys_is_not_touched() {
        put(REGISTRY, plain("team").with(ALL));
        put(OTHER, plain("team").with(ALL));
        delete("team");
        delete("team");

        assertThat(find(REGISTRY, "team")).isEmpty();
        put(REGISTRY, plain("team"));
        assertThat(find(REGISTRY, "team")).containsExactly(plain("team"));
        assertThat(find(OTHER, "team")).containsExactly(plain("team").with(ALL));
    }

    @Test
    void they_are_listed_in_the_byte_order_of_prefixes_page_by_page() {
        Stream.of("b", "a/c", "a-c", "ROOT")
                .forEach(name -> put(REGISTRY, plain(name).with(ALL)));
        put(OTHER, plain("c"));

        assertThat(list(null, 2))
                .containsExactly(plain("ROOT").with(ALL), plain("a-c").with(ALL));
        assertThat(list(prefix("a-c"), 9))
                .containsExactly(plain("a/c").with(ALL), plain("b").with(ALL));
        assertThat(list(prefix("b"), 9)).isEmpty();
    }

    private static TemplatePrefix prefix(String text) {
        return new TemplatePrefix(text);
    }

    private static CreationTemplate plain(String name) {
        return new CreationTemplate(
                prefix(name), null, Settings.USUAL, List.of(Occasion.PULL_THROUGH_CACHE), null, NOW, NOW);
    }

    private void put(RegistryId registry, CreationTemplate template) {
        store().transact(tx -> {
            tx.creationTemplates().put(registry, template);
            return template;
        });
    }

    private void delete(String name) {
        store().transact(tx -> {
            tx.creationTemplates().delete(REGISTRY, prefix(name));
            return name;
        });
    }

    private List<CreationTemplate> find(RegistryId registry, String... names) {
        var prefixes = Stream.of(names).map(TemplatePrefix::new).toList();
        return listed(tx -> tx.creationTemplates().find(registry, prefixes));
    }

    private List<CreationTemplate> list(@Nullable TemplatePrefix after, int limit) {
        return listed(tx -> tx.creationTemplates().list(REGISTRY, after, limit));
    }
}
