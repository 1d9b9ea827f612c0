package entrepot.operation.image;

import static entrepot.operation.Images.about;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Annotations;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.operation.Images;
import entrepot.operation.PullThrough;
import entrepot.operation.World;
import entrepot.operation.image.ListImageReferrers.Filter;
import entrepot.operation.image.ListImageReferrers.ImageReferrer;
import entrepot.operation.image.ListImageReferrers.Input;
import entrepot.operation.image.ListImageReferrers.Output;
import entrepot.operation.image.ListImageReferrers.SubjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListImageReferrersTest {

    private static final Digest SUBJECT = digest(image("subject"));
    private static final String SIGNATURE = ",\"artifactType\":\"application/x.signature\"";

    @AutoClose
    private final World world = World.withApp();

    private final ListImageReferrers list = new ListImageReferrers(world.metadata, world.vault, PullThrough.NONE);
    private final Images images = Images.into(world, APP);

    @Test
    void a_referrer_is_listed_whether_its_subject_came_before_after_or_never() {
        var before = images.put(APP, about(SUBJECT, "before", SIGNATURE), null);
        assertThat(digests(all())).containsExactly(before);

        images.put(APP, image("subject"), "v1");
        var after = images.put(APP, about(SUBJECT, "after", SIGNATURE), "tagged");

        assertThat(digests(all())).containsExactly(before, after);
    }

    @Test
    void a_referrer_is_told_with_all_that_it_says_of_itself() {
        var manifest = about(SUBJECT, "one", SIGNATURE);
        images.put(APP, manifest, null);

        assertThat(all().referrers())
                .containsExactly(new ImageReferrer(
                        digest(manifest),
                        new MediaType(Images.OCI),
                        "application/x.signature",
                        manifest.length(),
                        new Annotations("{\"note\":\"one\"}"),
                        ImageStatus.ACTIVE));
    }

    @Test
    void without_an_artifact_type_an_image_is_what_its_config_is_and_an_index_is_nothing() {
        images.put(APP, about(SUBJECT, "image", ""), null);
        images.put(APP, index(""), null);
        images.put(APP, index(SIGNATURE), null);

        assertThat(all().referrers())
                .extracting(ImageReferrer::artifactType)
                .containsExactly("application/vnd.oci.image.config.v1+json", null, "application/x.signature");
    }

    @Test
    void types_filter_and_several_are_any_of_them() {
        var a = images.put(APP, about(SUBJECT, "a", type("a")), null);
        var b = images.put(APP, about(SUBJECT, "b", type("b")), null);
        var a2 = images.put(APP, about(SUBJECT, "a2", type("a")), null);
        images.put(APP, index(""), null);

        assertThat(digests(filtered("application/a"))).containsExactly(a, a2);
        assertThat(digests(filtered("application/b", "application/a", "application/b")))
                .containsExactly(a, b, a2);
        assertThat(digests(filtered("application/c"))).isEmpty();
        assertThat(digests(filtered())).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 50})
    void pages_go_on_where_they_ended_with_a_filter_and_without(int size) {
        var expected = IntStream.range(0, 5)
                .mapToObj(i -> images.put(APP, about(SUBJECT, "n" + i, type(i % 2 == 0 ? "a" : "b")), null))
                .toList();

        assertThat(walk(new Filter(null, null), size)).containsExactlyElementsOf(expected);
        assertThat(walk(new Filter(List.of("application/b", "application/a"), null), size))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void a_page_has_twenty_and_the_longest_is_as_the_law_says() {
        IntStream.range(0, 60).forEach(i -> images.put(APP, about(SUBJECT, "n" + i, SIGNATURE), null));

        assertThat(digests(all())).hasSize(20);
        assertThat(digests(call(Law.ECR, null, null, 50))).hasSize(50);
        assertThat(refusal(() -> call(Law.ECR, null, null, 51)))
                .contains("'maxResults'", "Member must have value less than or equal to 50");
        assertThat(digests(call(Law.OCI, null, null, 5_000))).hasSize(60);
        assertThat(refusal(() -> call(Law.OCI, null, null, 0))).contains("greater than or equal to 1");
    }

    @Test
    void ten_thousand_are_walked_page_by_page() {
        IntStream.range(0, 10_000).forEach(i -> images.put(APP, about(SUBJECT, "n" + i, type("a")), null));

        assertThat(walk(new Filter(List.of("application/a"), null), 1_000))
                .hasSize(10_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void large_annotations_make_pages_short_and_never_empty() {
        var note = "x".repeat(700 << 10);
        var pushed = IntStream.range(0, 4)
                .mapToObj(i -> images.put(APP, about(SUBJECT, i + note, SIGNATURE), null))
                .toList();

        assertThat(digests(call(Law.OCI, null, null, 1_000))).containsExactly(pushed.getFirst());
        assertThat(walk(new Filter(null, null), 1_000)).containsExactlyElementsOf(pushed);
    }

    @Test
    void annotations_that_are_no_texts_are_left_out() {
        images.put(APP, noted("{\"a\":1,\"b\":{\"c\":[[[[]]]]},\"d\":null,\"e\\\"\\u0000\":\"\\ud83d\\ude00\"}"), null);
        images.put(APP, noted("{\"half\":\"\\ud83d\"}"), null);
        images.put(APP, noted("[\"a\"]"), null);
        images.put(APP, noted("7"), null);
        images.put(APP, noted("{}"), null);

        assertThat(all().referrers())
                .extracting(ImageReferrer::annotations)
                .containsExactly(
                        new Annotations("{\"e\\\"\\u0000\":\"\ud83d\ude00\"}"),
                        new Annotations("{\"half\":\"\\uD83D\"}"),
                        null,
                        null,
                        null);
    }

    @Test
    void a_referrer_of_another_repository_or_subject_is_not_listed() {
        world.create(OTHER);
        Images.into(world, OTHER).put(OTHER, about(SUBJECT, "elsewhere", SIGNATURE), null);
        images.put(APP, about(digest(image("another subject")), "one", SIGNATURE), null);

        assertThat(digests(all())).isEmpty();
    }

    @Test
    void a_deleted_referrer_is_listed_no_more() {
        var digest = images.put(APP, about(SUBJECT, "one", SIGNATURE), null);
        images.delete(Law.OCI, APP, Images.byDigest(digest));

        assertThat(digests(all())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "junk", "dGFnOnYx", "cmVmZXJyZXJzOng"})
    void a_token_that_is_not_of_this_list_is_refused(String token) {
        assertThat(refusal(() -> call(Law.ECR, null, token, null))).contains("'nextToken'", "Invalid token");
    }

    @Test
    void who_may_not_read_images_may_not_list_them() {
        var input = new Input(World.STRANGER, APP, new SubjectId(SUBJECT), null, null, null);

        assertThat(refusal(() -> world.call(list, input))).isEqualTo(World.denied("BatchGetImage", APP));
        assertThat(refusal(() -> world.call(list, new Input(null, OTHER, new SubjectId(SUBJECT), null, null, null))))
                .isEqualTo(World.absent(OTHER));
    }

    private static String type(String name) {
        return ",\"artifactType\":\"application/" + name + "\"";
    }

    private static ManifestBytes index(String more) {
        return ManifestBytes.ofText("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[],\"subject\":%s%s}"
                .formatted(Images.OCI_INDEX, subject(), more));
    }

    private static String subject() {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}".formatted(Images.OCI, SUBJECT);
    }

    private static ManifestBytes noted(String annotations) {
        return ManifestBytes.ofText(
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[],\"subject\":%s,\"annotations\":%s}"
                        .formatted(Images.OCI_INDEX, subject(), annotations));
    }

    private Output all() {
        return call(Law.ECR, null, null, null);
    }

    private Output filtered(String... types) {
        return call(Law.ECR, new Filter(List.of(types), null), null, null);
    }

    private Output call(Law law, @Nullable Filter filter, @Nullable String token, @Nullable Integer size) {
        return world.call(law, list, new Input(null, APP, new SubjectId(SUBJECT), filter, token, size));
    }

    private List<Digest> walk(Filter filter, int size) {
        var found = new ArrayList<Digest>();
        String token = null;
        do {
            var page = call(Law.OCI, filter, token, size);
            found.addAll(digests(page));
            assertThat(page.referrers()).hasSizeLessThanOrEqualTo(size);
            token = page.nextToken();
        } while (token != null);
        return found;
    }

    private static List<Digest> digests(Output output) {
        return output.referrers().stream().map(ImageReferrer::digest).toList();
    }
}
