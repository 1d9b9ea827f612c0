package entrepot.operation.image;

import static entrepot.operation.Images.CONFIG;
import static entrepot.operation.Images.LAYER;
import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.Images.index;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.ImageStatus;
import entrepot.domain.Law;
import entrepot.domain.MediaType;
import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescribeImagesTest {

    private static final long SIZE = (long) CONFIG.length + LAYER.length;

    @AutoClose
    private final World world = World.withApp();

    private final DescribeImages describe = new DescribeImages(world.metadata);
    private final Images images = Images.into(world, APP);

    @Test
    void an_image_is_described_as_of_its_first_push_with_its_newest_tag_first() {
        var pushed = world.clock.instant();
        var digest = images.put(APP, image("a"), "v1");
        world.clock.move(Duration.ofDays(1));
        images.put(APP, image("a"), "latest");

        assertThat(named(byTag("v1")))
                .containsExactly(new ImageDetail(
                        World.ID.account(),
                        APP,
                        digest,
                        List.of(new Tag("latest"), new Tag("v1")),
                        SIZE,
                        pushed,
                        MediaType.OCI_MANIFEST,
                        "application/vnd.oci.image.config.v1+json",
                        null,
                        null,
                        null,
                        null,
                        ImageStatus.ACTIVE,
                        null,
                        null));
    }

    @Test
    void a_page_ends_early_where_images_have_very_many_tags() {
        for (var i = 0; i < 40; i++) {
            images.put(APP, image("image " + i), "v" + i);
        }
        IntStream.range(0, 24).forEach(this::tagFiveHundredTimes);

        var first = page(1_000, null, null);
        var second = page(1_000, first.nextToken(), null);

        assertThat(first.imageDetails()).hasSizeBetween(12, 39);
        assertThat(second.imageDetails())
                .hasSize(40 - first.imageDetails().size())
                .doesNotContainAnyElementsOf(first.imageDetails());
        assertThat(second.nextToken()).isNull();
    }

    private void tagFiveHundredTimes(int lot) {
        world.metadata.transact(tx -> {
            var app = tx.repositories().find(World.ID, APP).orElseThrow();
            var all = tx.images().images(app, 0, null, 12);
            for (var t = 0; t < 500; t++) {
                tx.images().tag(app, new Tag("t%d.%d".formatted(lot, t)), all.get(t % 12), null, world.clock.instant());
            }
            return all;
        });
    }

    @Test
    void an_untagged_image_has_no_tags_at_all() {
        assertThat(named(byDigest(images.put(APP, image("a"), null))).getFirst().imageTags())
                .isNull();
    }

    @Test
    void an_index_is_as_large_as_its_largest_child_and_has_no_artifact_type() {
        images.put(APP, image("a"), null);
        images.put(APP, index(image("a")), "all");

        var index = named(byTag("all")).getFirst();

        assertThat(index.imageSizeInBytes()).isEqualTo(SIZE);
        assertThat(index.imageManifestMediaType()).isEqualTo(MediaType.OCI_INDEX);
        assertThat(index.artifactMediaType()).isNull();
    }

    @Test
    void a_referrer_tells_its_subject_and_what_it_is() {
        var subject = digest(image("never pushed"));
        var referrer = images.put(APP, Images.about(subject), null);

        var described = named(byDigest(referrer)).getFirst();

        assertThat(described.subjectManifestDigest()).isEqualTo(subject);
        assertThat(described.artifactMediaType()).isEqualTo("application/x.signature");
    }

    @Test
    void an_image_named_twice_is_described_once() {
        var digest = images.put(APP, image("a"), "v1");

        assertThat(named(byTag("v1"), byDigest(digest), byTag("v1"))).hasSize(1);
    }

    @Test
    void one_absent_image_refuses_the_call() {
        var digest = images.put(APP, image("a"), "v1");
        var other = digest(image("b"));
        var text = "ImageNotFoundException: The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist"
                + " within the repository with name 'app' in the registry with id '123456789012'";

        assertThat(refusal(() -> named(byTag("v1"), byTag("latest")))).isEqualTo(text.formatted("null", "latest"));
        assertThat(refusal(() -> named(byDigest(other)))).isEqualTo(text.formatted(other, "null"));
        assertThat(refusal(() -> named(new ImageIdentifier(other.toString(), "v1"))))
                .isEqualTo(text.formatted(other, "v1"));
        assertThat(named(new ImageIdentifier(digest.toString(), "v1"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            null  | null | both tag and digest cannot be null
            null  | a+b  | image tag should satisfy the regex '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'
            wrong | null | image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'
            """)
    void what_names_no_image_at_all_is_told(@Nullable String digest, @Nullable String tag, String reason) {
        assertThat(refusal(() -> named(new ImageIdentifier(digest, tag))))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'imageIds' failed to satisfy constraint:"
                        + " 'Invalid request parameters: " + reason + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 1_000})
    void all_pages_together_are_all_images_in_the_order_of_their_pushes(int size) {
        var all = new ArrayList<Digest>();
        var tagged = new ArrayList<Digest>();
        var untagged = new ArrayList<Digest>();
        for (int i = 0; i < 6; i++) {
            var isTagged = i % 3 != 1;
            var digest = images.put(APP, image("image " + i), isTagged ? "t" + i : null);
            all.add(digest);
            (isTagged ? tagged : untagged).add(digest);
        }
        images.put(APP, image("image 0"), "again");

        assertThat(walk(size, null)).isEqualTo(all);
        assertThat(walk(size, new TagFilter("TAGGED", null))).isEqualTo(tagged);
        assertThat(walk(size, new TagFilter("UNTAGGED", "ACTIVE"))).isEqualTo(untagged);
        assertThat(walk(size, new TagFilter(null, "ARCHIVED"))).isEmpty();
    }

    @Test
    void pages_and_names_do_not_go_together() {
        assertThat(refusal(() ->
                        world.call(describe, new DescribeImages.Input(null, APP, List.of(byTag("v1")), null, 5, null))))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'maxResults' failed to satisfy"
                        + " constraint: 'must not be given together with imageIds'");
        assertThat(refusal(() -> world.call(
                        describe, new DescribeImages.Input(null, APP, List.of(byTag("v1")), "x", null, null))))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'nextToken' failed to satisfy"
                        + " constraint: 'must not be given together with imageIds'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "images:", "images:x", "tag:v1", "digest:1", "repositories:1"})
    void a_token_forged_or_of_another_list_is_refused(String content) {
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(UTF_8));

        assertThat(refusal(() -> page(1, token, null)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'nextToken' failed to satisfy"
                        + " constraint: 'Invalid token'");
    }

    @Test
    void a_page_too_long_is_refused() {
        assertThat(refusal(() -> page(1_001, null, null)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'maxResults' failed to satisfy"
                        + " constraint: 'Member must have value less than or equal to 1000'");
        assertThat(world.call(Law.OCI, describe, new DescribeImages.Input(null, APP, null, null, 1_001, null))
                        .imageDetails())
                .isEmpty();
    }

    @Test
    void an_absent_repository_is_told() {
        assertThat(refusal(() -> world.call(describe, new DescribeImages.Input(null, OTHER, null, null, null, null))))
                .isEqualTo(World.absent(OTHER));
    }

    @Test
    void another_accounts_images_are_not_described() {
        assertThat(refusal(() ->
                        world.call(describe, new DescribeImages.Input(World.STRANGER, APP, null, null, null, null))))
                .isEqualTo(World.denied("DescribeImages", APP));
    }

    private List<ImageDetail> named(ImageIdentifier... ids) {
        return world.call(describe, new DescribeImages.Input(null, APP, List.of(ids), null, null, null))
                .imageDetails();
    }

    private List<Digest> walk(int size, @Nullable TagFilter filter) {
        var digests = new ArrayList<Digest>();
        @Nullable String token = null;
        do {
            var page = page(size, token, filter);
            assertThat(page.imageDetails()).hasSizeLessThanOrEqualTo(size);
            page.imageDetails().forEach(image -> digests.add(image.imageDigest()));
            token = page.nextToken();
        } while (token != null);
        return digests;
    }

    private DescribeImages.Output page(int size, @Nullable String token, @Nullable TagFilter filter) {
        return world.call(describe, new DescribeImages.Input(null, APP, null, token, size, filter));
    }
}
