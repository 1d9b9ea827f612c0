package entrepot.operation.repository;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.operation.World;
import entrepot.operation.image.ListImages;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescribeRepositoriesTest {

    private static final String BAD_TOKEN =
            "InvalidParameterException: Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'";

    @AutoClose
    private final World world = World.withApp();

    private final DescribeRepositories describe = new DescribeRepositories(world.metadata);

    @Test
    void all_pages_together_are_all_repositories_in_the_order_of_their_names() {
        List.of("b", "a-b", "a/b", "ab", "a_b").forEach(name -> world.create(new RepositoryName(name + "0")));

        assertThat(walk(2)).containsExactly("a-b0", "a/b0", "a_b0", "ab0", "app", "b0");
        assertThat(walk(5)).isEqualTo(walk(2));
        assertThat(walk(1_000)).isEqualTo(walk(1));
    }

    @Test
    void a_last_page_that_is_full_has_no_token() {
        world.create(OTHER);

        assertThat(page(2, null).nextToken()).isNull();
        assertThat(page(1, null).nextToken()).isNotNull();
    }

    @Test
    void a_page_has_a_hundred_unless_told() {
        for (int i = 0; i < 100; i++) {
            world.create(new RepositoryName("r" + i));
        }

        assertThat(page(null, null).repositories()).hasSize(100);
        assertThat(page(null, page(null, null).nextToken()).repositories()).hasSize(1);
    }

    @Test
    void repositories_are_found_by_name_in_the_order_asked() {
        world.create(OTHER);

        assertThat(names(named(OTHER, APP, OTHER))).containsExactly("other", "app");
    }

    @Test
    void one_absent_name_refuses_the_call() {
        assertThat(refusal(() -> named(APP, OTHER))).isEqualTo(World.absent(OTHER));
    }

    @Test
    void pages_and_names_do_not_go_together() {
        assertThat(refusal(() -> world.call(describe, new DescribeRepositories.Input(null, List.of(APP), null, 5))))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'maxResults' failed to satisfy"
                        + " constraint: 'must not be given together with repositoryNames'");
        assertThat(refusal(
                        () -> world.call(describe, new DescribeRepositories.Input(null, List.of(APP), "token", null))))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'nextToken' failed to satisfy"
                        + " constraint: 'must not be given together with repositoryNames'");
    }

    @Test
    void a_page_too_long_is_refused_by_ecr_and_cut_by_oci() {
        var input = new DescribeRepositories.Input(null, null, null, 1_001);

        assertThat(refusal(() -> world.call(Law.ECR, describe, input)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'maxResults' failed to satisfy"
                        + " constraint: 'Member must have value less than or equal to 1000'");
        assertThat(names(world.call(Law.OCI, describe, input))).containsExactly("app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "bm9uc2Vuc2U", "repositories:app"})
    void a_token_that_was_never_given_is_refused(String token) {
        assertThat(refusal(() -> page(1, token))).isEqualTo(BAD_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"repositories:UPPER", "repositories:", "tag:app", "images:1"})
    void a_token_forged_or_of_another_list_is_refused(String content) {
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(UTF_8));

        assertThat(refusal(() -> page(1, token))).isEqualTo(BAD_TOKEN);
    }

    @Test
    void a_token_of_tags_is_no_token_of_repositories() {
        assertThat(refusal(() -> page(1, ListImages.after(new Tag("v1"))))).isEqualTo(BAD_TOKEN);
    }

    @Test
    void another_accounts_repositories_are_not_told() {
        assertThat(refusal(() ->
                        world.call(describe, new DescribeRepositories.Input(World.STRANGER, List.of(APP), null, null))))
                .isEqualTo(World.denied("DescribeRepositories", APP));
        assertThat(refusal(
                        () -> world.call(describe, new DescribeRepositories.Input(World.STRANGER, null, null, null))))
                .startsWith("AccessDeniedException: ")
                .contains("arn:aws:ecr:eu-west-1:999999999999:repository/*");
    }

    private List<String> walk(int size) {
        var names = new ArrayList<String>();
        @Nullable String token = null;
        do {
            var page = page(size, token);
            assertThat(page.repositories()).hasSizeBetween(1, size);
            names.addAll(names(page));
            token = page.nextToken();
        } while (token != null);
        return names;
    }

    private DescribeRepositories.Output page(@Nullable Integer size, @Nullable String token) {
        return world.call(describe, new DescribeRepositories.Input(null, null, token, size));
    }

    private DescribeRepositories.Output named(RepositoryName... names) {
        return world.call(describe, new DescribeRepositories.Input(null, List.of(names), null, null));
    }

    private static List<String> names(DescribeRepositories.Output page) {
        return page.repositories().stream()
                .map(repository -> repository.repositoryName().value())
                .toList();
    }
}
