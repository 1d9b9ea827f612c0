package entrepot.operation.repository;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.ResourceTag;
import entrepot.operation.World;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TagResource, UntagResource and ListTagsForResource.
class ResourceTagsTest {

    private static final String ARN = "arn:aws:ecr:eu-west-1:123456789012:repository/app";

    @AutoClose
    private final World world = World.withApp();

    @Test
    void tags_are_added_replaced_by_key_and_listed_in_order() {
        tag(new ResourceTag("b", "1"), new ResourceTag("a", "1"));
        tag(new ResourceTag("b", "2"), new ResourceTag("c", ""));

        assertThat(tags())
                .containsExactly(new ResourceTag("a", "1"), new ResourceTag("b", "2"), new ResourceTag("c", ""));
    }

    @Test
    void tags_are_removed_by_key_and_absent_keys_do_not_matter() {
        tag(new ResourceTag("a", "1"), new ResourceTag("b", "1"));
        untag("a", "never there");
        untag("a");

        assertThat(tags()).containsExactly(new ResourceTag("b", "1"));
    }

    @Test
    void the_fifty_first_tag_is_refused_and_a_new_value_is_not() {
        var fifty = IntStream.range(0, 50)
                .mapToObj(i -> new ResourceTag("key " + i, "old"))
                .toArray(ResourceTag[]::new);
        tag(fifty);

        assertThat(refusal(() -> tag(new ResourceTag("one more", ""))))
                .isEqualTo("TooManyTagsException: A repository can have at most 50 tags");
        tag(new ResourceTag("key 7", "new"));
        assertThat(tags())
                .hasSize(50)
                .contains(new ResourceTag("key 7", "new"))
                .doesNotContain(new ResourceTag("one more", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:x", "AWS:x", "aWs:"})
    void aws_keeps_its_prefix_to_itself(String key) {
        var text = "InvalidTagParameterException: The tag key '" + key + "' is reserved: it begins with 'aws:'";

        assertThat(refusal(() -> tag(new ResourceTag(key, "")))).isEqualTo(text);
        assertThat(refusal(() -> untag(key))).isEqualTo(text);
    }

    @Test
    void keys_and_values_are_bounded() {
        tag(new ResourceTag("k".repeat(128), "v".repeat(256)));

        assertThat(refusal(() -> tag(new ResourceTag("k".repeat(129), ""))))
                .isEqualTo("InvalidTagParameterException: A tag key must have 1 to 128 characters");
        assertThat(refusal(() -> tag(new ResourceTag("", ""))))
                .isEqualTo("InvalidTagParameterException: A tag key must have 1 to 128 characters");
        assertThat(refusal(() -> tag(new ResourceTag("k", "v".repeat(257)))))
                .isEqualTo("InvalidTagParameterException: The value of the tag 'k' is longer than 256 characters");
        assertThat(tags()).hasSize(1);
    }

    /// A policy looks at every tag that a request names, so that there must be few before it does.
    @Test
    void a_request_with_too_many_tags_is_refused_before_any_policy_is_asked() {
        var many = IntStream.range(0, 201)
                .mapToObj(i -> new ResourceTag("key " + i, ""))
                .toList();
        var keys = many.stream().map(ResourceTag::key).toArray(String[]::new);
        var anywhere = ARN.replace(World.ID.account().value(), World.STRANGER.value());

        assertThat(refusal(() -> world.call(tagging(), new TagResource.Input(anywhere, many))))
                .isEqualTo("TooManyTagsException: A repository can have at most 50 tags");
        assertThat(refusal(() -> untag(keys)))
                .isEqualTo("InvalidTagParameterException: At most 200 tag keys can be given");
    }

    @Test
    void a_key_stands_once_in_a_request() {
        assertThat(refusal(() -> tag(new ResourceTag("k", "1"), new ResourceTag("k", "2"))))
                .isEqualTo("InvalidTagParameterException: The tag key 'k' is given more than once");
    }

    @Test
    void an_absent_repository_is_told() {
        var arn = ARN.replace("/app", "/other");

        assertThat(refusal(() -> list(arn))).isEqualTo(World.absent(OTHER));
        assertThat(refusal(() -> world.call(tagging(), new TagResource.Input(arn, List.of()))))
                .isEqualTo(World.absent(OTHER));
        assertThat(refusal(
                        () -> world.call(new UntagResource(world.metadata), new UntagResource.Input(arn, List.of()))))
                .isEqualTo(World.absent(OTHER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                "arn:aws:ecr:eu-west-1:123456789012:repository/",
                "arn:aws:ecr:eu-west-1:123456789012:repository/UPPER",
                "arn:aws:ecr:us-east-1:123456789012:repository/app",
                "arn:aws:ecr:eu-west-1:12345:repository/app",
                "arn:aws:s3:eu-west-1:123456789012:repository/app",
                "arn:aws:ecr:eu-west-1:123456789012:repository/app\n"
            })
    void what_is_no_arn_of_this_region_is_refused(String arn) {
        assertThat(refusal(() -> list(arn)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'resourceArn' failed to satisfy"
                        + " constraint: 'Invalid ARN'");
    }

    @Test
    void another_accounts_tags_are_not_the_callers() {
        var arn = ARN.replace(World.ID.account().value(), World.STRANGER.value());

        assertThat(refusal(() -> list(arn))).isEqualTo(World.denied("ListTagsForResource", APP));
        assertThat(refusal(() -> world.call(tagging(), new TagResource.Input(arn, List.of()))))
                .isEqualTo(World.denied("TagResource", APP));
        assertThat(refusal(
                        () -> world.call(new UntagResource(world.metadata), new UntagResource.Input(arn, List.of()))))
                .isEqualTo(World.denied("UntagResource", APP));
    }

    private TagResource tagging() {
        return new TagResource(world.metadata, world.limits);
    }

    private void tag(ResourceTag... tags) {
        world.call(tagging(), new TagResource.Input(ARN, List.of(tags)));
    }

    private void untag(String... keys) {
        world.call(new UntagResource(world.metadata), new UntagResource.Input(ARN, List.of(keys)));
    }

    private List<ResourceTag> tags() {
        return list(ARN);
    }

    private List<ResourceTag> list(String arn) {
        return world.call(new ListTagsForResource(world.metadata), new ListTagsForResource.Input(arn))
                .tags();
    }
}
