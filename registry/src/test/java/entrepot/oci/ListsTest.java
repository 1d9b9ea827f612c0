package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Limits;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ListsTest {

    private static final String TAGS = "/v2/team/app/tags/list";

    private final OciRegistry registry = new OciRegistry(new Limits(
            new Limits.OfRegistry(10_000, 10, 10),
            new Limits.OfImage(2_000, 10),
            new Limits.OfLayer(10, 1 << 20),
            new Limits.OfPrincipal(10, 1 << 30),
            4 << 20));
    private final Pushes push = new Pushes(registry, "team/app");

    @BeforeEach
    void create() {
        registry.create("team/app");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Reply list(String target) {
        return registry.ask("GET", target).send().mustBe(200);
    }

    /// All entries, by the links.
    private List<String> follow(String target, String member) {
        var all = new ArrayList<String>();
        for (var next = target; !next.isEmpty(); ) {
            var page = list(next);
            page.json().path(member).forEach(entry -> all.add(entry.asString()));
            var link = page.header("Link");
            assertThat(link).matches("|</v2/.*>; rel=\"next\"");
            next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
        }
        return all;
    }

    private void tag(String... tags) {
        var image = push.image("layer");
        for (var tag : tags) {
            push.manifest(tag, image).mustBe(201);
        }
    }

    @Test
    void tags_are_listed_in_the_order_of_their_bytes() {
        assertThat(list(TAGS).text()).isEqualTo("{\"name\":\"team/app\",\"tags\":[]}\n");
        tag("v2", "V1", "_x", "v10", "1");
        var reply = list(TAGS);
        assertThat(reply.text()).isEqualTo("{\"name\":\"team/app\",\"tags\":[\"1\",\"V1\",\"_x\",\"v10\",\"v2\"]}\n");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Link")).isEmpty();
    }

    @Test
    void untagged_images_are_not_listed() {
        var image = push.image("layer");
        push.manifest(
                        Pushes.digest(image.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString(),
                        image)
                .mustBe(201);
        assertThat(list(TAGS).json().path("tags")).isEmpty();
    }

    @Test
    void a_page_links_to_the_next_one_by_its_last_tag() {
        tag("a", "b", "c", "d", "e");
        var page = list(TAGS + "?n=2");
        assertThat(page.json().path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(page.header("Link")).isEqualTo("</v2/team/app/tags/list?last=b&n=2>; rel=\"next\"");
        assertThat(follow(TAGS + "?n=2", "tags")).containsExactly("a", "b", "c", "d", "e");
        assertThat(list(TAGS + "?n=5").header("Link")).isEmpty();
        assertThat(follow(TAGS + "?last=bb&n=1", "tags")).containsExactly("c", "d", "e");
        assertThat(follow(TAGS + "?last=e", "tags")).isEmpty();
        assertThat(list(TAGS + "?last=zz").text()).isEqualTo("{\"name\":\"team/app\",\"tags\":[]}\n");
    }

    @Test
    void a_page_of_nothing_is_empty_and_links_nowhere() {
        tag("a", "b");
        var page = list(TAGS + "?n=0");
        assertThat(page.text()).isEqualTo("{\"name\":\"team/app\",\"tags\":[]}\n");
        assertThat(page.header("Link")).isEmpty();
        assertThat(list("/v2/_catalog?n=0").text()).isEqualTo("{\"repositories\":[]}\n");
        assertThat(registry.ask("GET", "/v2/no/such/tags/list?n=0").send().problem())
                .isEqualTo("404 NAME_UNKNOWN");
    }

    @Test
    void no_page_has_more_than_a_thousand() {
        tag("t0000");
        var image = push.image("layer").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        registry.metadata.transact(tx -> {
            var repository = tx.repositories()
                    .find(OciRegistry.ID, new RepositoryName("team/app"))
                    .orElseThrow();
            var stored = tx.images().find(repository, Pushes.digest(image)).orElseThrow();
            IntStream.range(1, 1500)
                    .forEach(i -> tx.images()
                            .tag(repository, new Tag("t%04d".formatted(i)), stored, registry.clock.instant()));
            return stored;
        });
        for (var query : new String[] {"", "?n=1001", "?n=2147483648", "?n=" + "9".repeat(40)}) {
            var page = list(TAGS + query);
            assertThat(page.json().path("tags")).hasSize(1000);
            assertThat(page.header("Link")).isEqualTo("</v2/team/app/tags/list?last=t0999&n=1000>; rel=\"next\"");
            assertThat(follow(TAGS + query, "tags")).hasSize(1500);
        }
    }

    @Test
    void repositories_are_listed_in_the_order_of_their_names() {
        registry.create("a-first");
        registry.create("zz/last");
        assertThat(list("/v2/_catalog").text())
                .isEqualTo("{\"repositories\":[\"a-first\",\"team/app\",\"zz/last\"]}\n");
        assertThat(list("/v2/_catalog?n=2").header("Link")).isEqualTo("</v2/_catalog?last=team/app&n=2>; rel=\"next\"");
        assertThat(follow("/v2/_catalog?n=1", "repositories")).containsExactly("a-first", "team/app", "zz/last");
        assertThat(list("/v2/_catalog?n=99999999999999999999").json().path("repositories"))
                .hasSize(3);
    }

    /// Texts that are no tag or name, in the order of their bytes.
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            %00                | 1 a b_ | aa/b team/app
            ..                 | 1 a b_ | aa/b team/app
            1%FF               | a b_   | aa/b team/app
            A/b%20c:d          | a b_   | aa/b team/app
            UPPER              | a b_   | aa/b team/app
            a                  | b_     | aa/b team/app
            a+                 | b_     | aa/b team/app
            b                  | b_     | team/app
            b%C3%A9            | -      | team/app
            %F0%9F%90%B3       | -      | -
            """)
    void a_page_begins_after_any_text(String last, @Nullable String tags, @Nullable String names) {
        registry.create("aa/b");
        tag("a", "1", "b_");
        assertThat(list(TAGS + "?last=" + last)
                        .json()
                        .path("tags")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly(tags == null ? new String[0] : tags.split(" "));
        assertThat(list("/v2/_catalog?last=" + last)
                        .json()
                        .path("repositories")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly(names == null ? new String[0] : names.split(" "));
    }

    @Test
    void any_text_of_any_length_is_a_place_to_begin() {
        tag("a");
        for (var last : List.of("z".repeat(30_000), "%00".repeat(5_000), "%F0%9F%90%B3".repeat(2_000))) {
            list(TAGS + "?last=" + last);
            list("/v2/_catalog?last=" + last);
        }
    }

    @Test
    void what_cannot_be_a_page_is_refused() {
        assertThat(registry.ask("GET", TAGS + "?n=-1").send().problem()).isEqualTo("400 PAGINATION_NUMBER_INVALID");
        assertThat(registry.ask("GET", "/v2/no/such/tags/list").send().problem())
                .isEqualTo("404 NAME_UNKNOWN");
    }
}
