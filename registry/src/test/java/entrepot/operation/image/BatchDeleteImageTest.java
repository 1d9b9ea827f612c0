package entrepot.operation.image;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.Images.index;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability.Mode;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.operation.image.ImageView.ImageId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchDeleteImageTest {

    private static final ManifestBytes IMAGE = image("a");
    private static final Digest DIGEST = digest(IMAGE);

    @AutoClose
    private final World world = World.withApp();

    private final Images images = Images.into(world, APP);

    @ParameterizedTest
    @EnumSource
    void an_image_deleted_by_digest_goes_with_all_its_tags_the_newest_first(Law law) {
        images.put(APP, IMAGE, "v1");
        world.clock.move(Duration.ofSeconds(1));
        images.put(APP, IMAGE, "latest");

        assertThat(images.delete(law, APP, byDigest(DIGEST)))
                .isEqualTo(new BatchDeleteImage.Output(List.of(id("latest"), id("v1")), List.of()));
        assertThat(images.has(APP, byTag("v1"))).isFalse();
        assertThat(images.has(APP, byTag("latest"))).isFalse();
        assertThat(images.has(APP, byDigest(DIGEST))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void an_untagged_image_is_answered_by_its_digest(Law law) {
        images.put(APP, IMAGE, null);

        assertThat(images.delete(law, APP, byDigest(DIGEST)))
                .isEqualTo(new BatchDeleteImage.Output(List.of(id(null)), List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void of_several_tags_one_goes_alone(Law law) {
        images.put(APP, IMAGE, "v1");
        images.put(APP, IMAGE, "v2");

        assertThat(images.delete(law, APP, byTag("v1")).imageIds()).containsExactly(id("v1"));
        assertThat(images.has(APP, byTag("v1"))).isFalse();
        assertThat(images.has(APP, byTag("v2"))).isTrue();
    }

    @Test
    void the_last_tag_takes_the_image_by_ecrs_law_and_only_itself_by_ocis() {
        images.put(APP, IMAGE, "v1");
        assertThat(images.delete(Law.OCI, APP, byTag("v1")).imageIds()).containsExactly(id("v1"));
        assertThat(images.has(APP, byDigest(DIGEST))).isTrue();

        images.put(APP, IMAGE, "v1");
        assertThat(images.delete(Law.ECR, APP, byTag("v1")).imageIds()).containsExactly(id("v1"));
        assertThat(images.has(APP, byDigest(DIGEST))).isFalse();
    }

    @Test
    void a_tag_and_its_digest_together_are_the_tag() {
        images.put(APP, IMAGE, "v1");
        images.put(APP, IMAGE, "v2");

        assertThat(images.delete(Law.ECR, APP, new ImageIdentifier(DIGEST.toString(), "v1"))
                        .imageIds())
                .containsExactly(id("v1"));
        assertThat(images.has(APP, byTag("v2"))).isTrue();
    }

    @Test
    void a_tag_is_deleted_from_an_immutable_repository_and_may_be_used_again() {
        world.create(OTHER, Mode.IMMUTABLE);
        var immutable = Images.into(world, OTHER);
        immutable.put(OTHER, IMAGE, "v1");

        immutable.delete(Law.ECR, OTHER, byTag("v1"));

        immutable.put(OTHER, image("b"), "v1");
        assertThat(immutable.get(OTHER, byTag("v1")).images().getFirst().imageManifest())
                .isEqualTo(image("b"));
    }

    @Test
    void what_an_index_names_stays_until_the_index_goes() {
        images.put(APP, IMAGE, "v1");
        var parent = images.put(APP, index(IMAGE), "all");
        var failure = "Requested image referenced by manifest list: [" + parent + "]";

        assertThat(images.delete(Law.ECR, APP, byDigest(DIGEST)).failures())
                .containsExactly(new ImageFailure(byDigest(DIGEST), "ImageReferencedByManifestList", failure));
        assertThat(images.delete(Law.ECR, APP, byTag("v1")).failures())
                .containsExactly(new ImageFailure(byTag("v1"), "ImageReferencedByManifestList", failure));
        assertThat(images.has(APP, byTag("v1"))).isTrue();

        assertThat(images.delete(Law.OCI, APP, byTag("v1")).imageIds()).containsExactly(id("v1"));
        assertThat(images.delete(Law.ECR, APP, byTag("all"), byDigest(DIGEST)).failures())
                .isEmpty();
        assertThat(images.has(APP, byDigest(DIGEST))).isFalse();
    }

    @Test
    void a_failure_stops_nothing_else() {
        images.put(APP, IMAGE, "v1");

        var answer = images.delete(Law.ECR, APP, byTag("absent"), byTag("v1"), byTag("-"));

        assertThat(answer.imageIds()).containsExactly(id("v1"));
        assertThat(answer.failures())
                .extracting(ImageFailure::failureCode)
                .containsExactly("ImageNotFound", "InvalidImageTag");
    }

    @Test
    void the_same_image_twice_is_one_deletion() {
        images.put(APP, IMAGE, "v1");

        assertThat(images.delete(Law.ECR, APP, byTag("v1"), byTag("v1")))
                .isEqualTo(new BatchDeleteImage.Output(List.of(id("v1")), List.of()));
    }

    @Test
    void the_layers_of_a_deleted_image_stay_in_the_repository() {
        images.put(APP, IMAGE, "v1");
        images.delete(Law.ECR, APP, byDigest(DIGEST));

        assertThat(new Layers(world).has(APP, Layers.sha256(Images.LAYER))).isTrue();
        assertThat(images.put(APP, IMAGE, "v1")).isEqualTo(DIGEST);
    }

    @Test
    void a_subject_may_go_before_what_is_about_it() {
        images.put(APP, IMAGE, "v1");
        var referrer = Images.about(DIGEST);
        images.put(APP, referrer, null);

        assertThat(images.delete(Law.ECR, APP, byDigest(DIGEST)).failures()).isEmpty();
        assertThat(images.has(APP, byDigest(digest(referrer)))).isTrue();
    }

    @Test
    void an_absent_repository_is_told() {
        assertThat(refusal(() -> images.delete(Law.ECR, OTHER, byTag("v1")))).isEqualTo(World.absent(OTHER));
    }

    @Test
    void another_accounts_images_are_not_the_callers_to_delete() {
        assertThat(refusal(() -> world.call(
                        images.delete, new BatchDeleteImage.Input(World.STRANGER, APP, List.of(byTag("v1"))))))
                .isEqualTo(World.denied("BatchDeleteImage", APP));
    }

    private static ImageId id(@Nullable String tag) {
        return new ImageId(DIGEST, tag == null ? null : new Tag(tag));
    }
}
