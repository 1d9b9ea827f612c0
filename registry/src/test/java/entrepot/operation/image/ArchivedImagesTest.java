package entrepot.operation.image;

import static entrepot.domain.ImageStatus.ACTIVE;
import static entrepot.domain.ImageStatus.ARCHIVED;
import static entrepot.operation.Images.CONFIG;
import static entrepot.operation.Images.LAYER;
import static entrepot.operation.Images.about;
import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.image;
import static entrepot.operation.Images.index;
import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.TagMutability.Mode;
import entrepot.operation.Archives;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.layer.BatchCheckLayerAvailability;
import entrepot.operation.layer.BatchCheckLayerAvailability.Layer;
import entrepot.operation.layer.GetDownloadUrlForLayer;
import entrepot.operation.layer.MountLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of archived images when something else is asked of them.
class ArchivedImagesTest {

    private static final byte[] OWN = "a layer of one image".getBytes(UTF_8);

    @AutoClose
    private final World world = World.withApp();

    private final Images images = Images.into(world, APP);
    private final Layers layers = new Layers(world);
    private final Archives archives = new Archives(world);

    @Test
    void they_are_not_pulled_by_tag_or_by_digest() {
        var image = images.put(APP, image("a"), "v1");
        archives.archive(image);

        var output = images.get(APP, byTag("v1"), byDigest(image));

        assertThat(output.images()).isEmpty();
        assertThat(output.failures()).containsExactly(inaccessible(byTag("v1")), inaccessible(byDigest(image)));
        assertThat(images.get(APP, byTag("v1")).failures()).containsExactly(inaccessible(byTag("v1")));
    }

    private static ImageFailure inaccessible(ImageIdentifier id) {
        return new ImageFailure(
                id, "ImageInaccessible", "Requested image is not accessible because its status is ARCHIVED");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1_000})
    void they_are_listed_and_described_only_where_they_are_asked_for(int size) {
        var pushed = IntStream.range(0, 8)
                .mapToObj(i -> images.put(APP, image("image " + i), i % 4 == 3 ? null : "v" + i))
                .toList();
        images.put(APP, image("image 2"), "again");
        var archived = List.of(pushed.get(2), pushed.get(3), pushed.get(6));
        archived.forEach(archives::archive);
        var active = pushed.stream().filter(image -> !archived.contains(image)).toList();

        assertThat(digests(walk(size, null, null))).containsExactlyInAnyOrderElementsOf(active);
        assertThat(digests(walk(size, null, "ACTIVE"))).containsExactlyInAnyOrderElementsOf(active);
        assertThat(walk(size, null, "ANY")).hasSize(9);
        assertThat(walk(size, null, "ARCHIVED").stream().map(ArchivedImagesTest::text))
                .containsExactly("again", "v2", "null", "v6");
        assertThat(walk(size, "TAGGED", "ARCHIVED").stream().map(ArchivedImagesTest::text))
                .containsExactly("again", "v2", "v6");
        assertThat(walk(size, "UNTAGGED", "ARCHIVED").stream().map(ArchivedImagesTest::text))
                .containsExactly("null");
        assertThat(walk(size, null, "ACTIVATING")).isEmpty();
        assertThat(describe(size, null, null)).isEqualTo(active);
        assertThat(describe(size, null, "ARCHIVED")).isEqualTo(archived);
        assertThat(describe(size, "TAGGED", "ARCHIVED")).containsExactly(archived.get(0), archived.get(2));
        assertThat(describe(size, "UNTAGGED", "ARCHIVED")).containsExactly(archived.get(1));
        assertThat(describe(size, "UNTAGGED", null)).containsExactly(pushed.get(7));
        assertThat(describe(size, null, "ANY")).isEqualTo(pushed);
    }

    private static String text(ImageId id) {
        return String.valueOf(id.imageTag());
    }

    private static List<Digest> digests(List<ImageId> ids) {
        return ids.stream().map(ImageId::imageDigest).toList();
    }

    private List<ImageId> walk(int size, @Nullable String tags, @Nullable String status) {
        var all = new ArrayList<ImageId>();
        String token = null;
        do {
            var input = new ListImages.Input(null, APP, token, size, new TagFilter(tags, status));
            var page = world.call(world.the(ListImages.class), input);
            assertThat(page.imageIds()).hasSizeLessThanOrEqualTo(size);
            all.addAll(page.imageIds());
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    private List<Digest> describe(int size, @Nullable String tags, @Nullable String status) {
        var all = new ArrayList<Digest>();
        String token = null;
        do {
            var input = new DescribeImages.Input(null, APP, null, token, size, new TagFilter(tags, status));
            var page = world.call(world.the(DescribeImages.class), input);
            page.imageDetails().forEach(image -> all.add(image.imageDigest()));
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    @Test
    void a_page_of_another_list_goes_on_nowhere_here() {
        images.put(APP, image("a"), "v1");
        var input = new ListImages.Input(null, APP, ListImages.afterText("v"), 5, new TagFilter(null, "ARCHIVED"));

        assertThat(refusal(() -> world.call(world.the(ListImages.class), input)))
                .startsWith("InvalidParameterException: Invalid parameter at 'nextToken'");
    }

    @ParameterizedTest
    @EnumSource
    void a_push_of_one_brings_it_back_also_with_its_tag(Law law) {
        var image = images.put(APP, image("a"), "v1");
        archives.archive(image);

        assertThat(images.put(law, APP, image("a"), "v1")).isEqualTo(image);

        assertThat(archives.status(image)).isEqualTo(ACTIVE);
        assertThat(archives.detail(image).lastActivatedAt()).isEqualTo(world.clock.instant());
        assertThat(world.changes)
                .extracting(change -> change.kind())
                .containsExactly(Kind.PUSH, Kind.ARCHIVE, Kind.RESTORE);
        assertThat(images.has(APP, byTag("v1"))).isTrue();
    }

    @Test
    void a_push_without_a_tag_or_with_another_one_does_so_too_in_an_immutable_repository() {
        world.delete(APP);
        world.create(APP, Mode.IMMUTABLE);
        var anew = Images.into(world, APP);
        var image = anew.put(APP, image("a"), "v1");

        for (var tag : new String[] {null, "v1", "v2"}) {
            archives.archive(image);
            anew.put(Law.ECR, APP, image("a"), tag);
            assertThat(archives.status(image)).as(tag).isEqualTo(ACTIVE);
        }
        assertThat(refusal(() -> anew.put(Law.ECR, APP, image("a"), "v1"))).startsWith("ImageAlreadyExistsException");
    }

    @Test
    void another_image_takes_the_tag_of_one() {
        var image = images.put(APP, image("a"), "v1");
        archives.archive(image);

        var other = images.put(Law.ECR, APP, image("b"), "v1");

        assertThat(archives.status(image)).isEqualTo(ARCHIVED);
        assertThat(archives.detail(image).imageTags()).isNull();
        assertThat(images.get(APP, byTag("v1")).images().getFirst().imageId().imageDigest())
                .isEqualTo(other);
        assertThat(digests(walk(10, "TAGGED", null))).containsExactly(other);
    }

    @Test
    void a_list_that_is_pushed_brings_back_what_it_names_and_a_push_what_is_about_it() {
        var child = images.put(APP, image("child"), "child");
        var signature = images.put(APP, about(child), null);
        archives.archive(child);

        var list = images.put(APP, index(image("child")), "list");
        assertThat(List.of(child, list, signature)).allMatch(image -> archives.status(image) == ACTIVE);

        archives.archive(list);
        archives.archive(child);
        images.put(APP, index(image("child")), "list");
        assertThat(List.of(child, list, signature)).allMatch(image -> archives.status(image) == ACTIVE);
    }

    @Test
    void referrers_are_listed_only_where_they_are_asked_for() {
        var subject = images.put(APP, image("subject"), "v1");
        var signature = images.put(APP, about(subject), null);
        archives.archive(signature);
        var other = images.put(APP, about(subject, "other", ""), null);

        assertThat(referrers(subject, null)).containsExactly(other);
        assertThat(referrers(subject, "ARCHIVED")).containsExactly(signature);
        assertThat(referrers(subject, "ACTIVATING")).isEmpty();
        assertThat(referrers(subject, "ANY")).containsExactly(signature, other);
    }

    private List<Digest> referrers(Digest subject, @Nullable String status) {
        var input = new ListImageReferrers.Input(
                null,
                APP,
                new ListImageReferrers.SubjectId(subject),
                new ListImageReferrers.Filter(List.of(), status),
                null,
                null);
        return world.call(world.the(ListImageReferrers.class), input).referrers().stream()
                .peek(referrer -> assertThat(referrer.artifactStatus()).isEqualTo(archives.status(referrer.digest())))
                .map(ListImageReferrers.ImageReferrer::digest)
                .toList();
    }

    @Test
    void layers_that_none_but_they_use_are_not_to_be_had() {
        var own = layers.push(APP, OWN);
        var image = images.put(APP, image("own", own, OWN.length), "v1");
        images.put(APP, image("other"), "v2");
        archives.archive(image);

        assertThat(check(own)).isEqualTo("ARCHIVED");
        assertThat(check(sha256(CONFIG))).isEqualTo("AVAILABLE");
        assertThat(refusal(() -> layers.bytes(APP, own)))
                .isEqualTo(
                        "LayerInaccessibleException: The layer with digest '%s' in the repository with name 'app' in the registry with id '123456789012' is not accessible because all images that use it are archived"
                                .formatted(own));
        assertThat(refusal(() -> download(own))).startsWith("LayerInaccessibleException");
        assertThat(layers.bytes(APP, sha256(CONFIG))).isEqualTo(CONFIG);

        images.put(APP, image("another", own, OWN.length), null);
        assertThat(check(own)).isEqualTo("AVAILABLE");
        assertThat(layers.bytes(APP, own)).isEqualTo(OWN);
        assertThat(archives.status(image)).isEqualTo(ARCHIVED);
    }

    @Test
    void a_layer_that_no_image_names_is_served_beside_them_and_one_of_theirs_where_it_is_elsewhere() {
        var image = images.put(APP, image("a"), "v1");
        archives.archive(image);
        var loose = layers.push(APP, OWN);
        world.create(OTHER);
        layers.push(OTHER, LAYER);

        assertThat(check(loose)).isEqualTo("AVAILABLE");
        assertThat(layers.bytes(APP, loose)).isEqualTo(OWN);
        assertThat(check(sha256(LAYER))).isEqualTo("ARCHIVED");
        assertThat(layers.bytes(OTHER, sha256(LAYER))).isEqualTo(LAYER);
    }

    @Test
    void their_layers_are_not_mounted_and_taken_where_they_are_sent_anew() {
        var image = images.put(APP, image("a"), "v1");
        archives.archive(image);
        world.create(OTHER);

        var input = new MountLayer.Input(null, OTHER, sha256(LAYER), APP);
        assertThat(world.call(world.the(MountLayer.class), input).mounted()).isFalse();

        layers.push(APP, LAYER);
        layers.push(APP, CONFIG);
        images.put(APP, image("b"), "v2");
        assertThat(check(sha256(LAYER))).isEqualTo("AVAILABLE");
        assertThat(world.call(world.the(MountLayer.class), input).mounted()).isTrue();
    }

    private String check(Digest layer) {
        var input = new BatchCheckLayerAvailability.Input(null, APP, List.of(layer.toString()));
        return world.call(layers.check, input).layers().stream()
                .map(Layer::layerAvailability)
                .findFirst()
                .orElseThrow();
    }

    private GetDownloadUrlForLayer.Output download(Digest layer) {
        return world.call(
                world.the(GetDownloadUrlForLayer.class), new GetDownloadUrlForLayer.Input(null, APP, layer.toString()));
    }
}
