package entrepot.operation.image;

import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Law;
import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.repository.DescribeRepositories;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListImagesTest {

    private static final String BAD_TOKEN =
            "InvalidParameterException: Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'";

    @AutoClose
    private final World world = World.withApp();

    private final ListImages list = new ListImages(world.metadata);
    private final Images images = Images.into(world, APP);
    private final List<ImageId> tagged = new ArrayList<>();
    private final List<ImageId> untagged = new ArrayList<>();

    /// One image of three tags, two of one, and three of none.
    @BeforeEach
    void push() {
        Stream.of("b", "B", "_", "a", "a.1").forEach(tag -> {
            var digest = images.put(APP, image(tag.equals("a") || tag.equals("B") ? tag : "many"), tag);
            tagged.add(new ImageId(digest, new Tag(tag)));
        });
        tagged.sort((one, other) -> tag(one).compareTo(tag(other)));
        IntStream.range(0, 3)
                .mapToObj(i -> images.put(APP, image("untagged " + i), null))
                .sorted()
                .forEach(digest -> untagged.add(new ImageId(digest, null)));
    }

    private static String tag(ImageId id) {
        return id.imageTag() == null ? "" : id.imageTag().name();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 1_000})
    void all_pages_together_are_all_tags_in_order_and_then_all_untagged_digests(int size) {
        var all = new ArrayList<>(tagged);
        all.addAll(untagged);

        assertThat(walk(size, null)).isEqualTo(all);
        assertThat(walk(size, filter("ANY", null))).isEqualTo(all);
        assertThat(walk(size, filter("TAGGED", null))).isEqualTo(tagged);
        assertThat(walk(size, filter("UNTAGGED", null))).isEqualTo(untagged);
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE, 8", "ANY, 8", "ARCHIVED, 0", "ACTIVATING, 0"})
    void where_nothing_is_archived_all_are_active(String status, int images) {
        assertThat(walk(1_000, filter(null, status))).hasSize(images);
    }

    @Test
    void an_image_deleted_between_two_pages_ends_no_walk() {
        var first = page(2, null, null);
        images.delete(Law.ECR, APP, Images.byTag("a"));

        assertThat(page(1_000, first.nextToken(), null).imageIds())
                .containsExactlyElementsOf(Stream.concat(tagged.stream().skip(2), untagged.stream())
                        .filter(id -> !tag(id).equals("a"))
                        .toList());
    }

    @Test
    void an_empty_repository_has_an_empty_page() {
        world.create(OTHER);

        assertThat(world.call(list, new ListImages.Input(null, OTHER, null, null, null)))
                .isEqualTo(new ListImages.Output(List.of(), null));
    }

    @Test
    void a_page_too_long_is_refused_by_ecr_and_cut_by_oci() {
        var input = new ListImages.Input(null, APP, null, Integer.MAX_VALUE, null);

        assertThat(refusal(() -> world.call(Law.ECR, list, input)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'maxResults' failed to satisfy"
                        + " constraint: 'Member must have value less than or equal to 1000'");
        assertThat(world.call(Law.OCI, list, input).imageIds()).hasSize(8);
        assertThat(refusal(() -> page(0, null, null)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'maxResults' failed to satisfy"
                        + " constraint: 'Member must have value greater than or equal to 1'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "images:1", "repositories:app", "tag:", "tag:a b", "digest:sha256:1", ":"})
    void a_token_forged_or_of_another_list_is_refused(String content) {
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(UTF_8));

        assertThat(refusal(() -> page(1, token, null))).isEqualTo(BAD_TOKEN);
        assertThat(refusal(() -> page(1, "?" + token, null))).isEqualTo(BAD_TOKEN);
    }

    @Test
    void a_token_of_repositories_is_no_token_of_images() {
        for (var status : List.of("ANY", "TAGGED", "UNTAGGED")) {
            assertThat(refusal(() -> page(1, DescribeRepositories.after("app"), filter(status, null))))
                    .isEqualTo(BAD_TOKEN);
        }
    }

    @Test
    void an_absent_repository_is_told() {
        assertThat(refusal(() -> world.call(list, new ListImages.Input(null, OTHER, null, null, null))))
                .isEqualTo(World.absent(OTHER));
    }

    @Test
    void another_accounts_images_are_not_told() {
        assertThat(refusal(() -> world.call(list, new ListImages.Input(World.STRANGER, APP, null, null, null))))
                .isEqualTo(World.denied("ListImages", APP));
    }

    private static TagFilter filter(@Nullable String tagStatus, @Nullable String imageStatus) {
        return new TagFilter(tagStatus, imageStatus);
    }

    private List<ImageId> walk(int size, @Nullable TagFilter filter) {
        var ids = new ArrayList<ImageId>();
        @Nullable String token = null;
        do {
            var page = page(size, token, filter);
            assertThat(page.imageIds()).hasSizeLessThanOrEqualTo(size);
            ids.addAll(page.imageIds());
            token = page.nextToken();
        } while (token != null);
        return ids;
    }

    private ListImages.Output page(int size, @Nullable String token, @Nullable TagFilter filter) {
        return world.call(list, new ListImages.Input(null, APP, token, size, filter));
    }
}
