package entrepot.operation.image;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.Images.index;
import static entrepot.operation.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.EntityTags;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Precondition;
import entrepot.domain.RegistryException;
import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.Together;
import entrepot.operation.World;
import entrepot.operation.layer.DeleteLayer;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushesAtOnceTest {

    private static final int CALLERS = 64;
    private static final Tag TAG = new Tag("latest");
    private static final EntityTags ANY = new EntityTags(true, Set.of(), Set.of());

    @AutoClose
    private final World world = World.withApp();

    private final Images images = Images.into(world, APP);

    @Test
    void of_many_equal_pushes_ecr_takes_one_and_tells_the_others() {
        var answers = Together.call(CALLERS, i -> () -> put(Law.ECR, image("same")));

        assertThat(answers).containsOnlyOnce("taken");
        assertThat(answers).containsOnly("taken", "ImageAlreadyExistsException");
        assertThatOneImageIsStored();
    }

    @Test
    void many_equal_pushes_are_all_answered_by_oci() {
        var answers = Together.call(CALLERS, i -> () -> put(Law.OCI, image("same")));

        assertThat(answers).containsOnly("taken");
        assertThatOneImageIsStored();
    }

    /// With the same bytes, too: whoever is told that it came first did.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_many_that_must_be_the_first_under_a_tag_one_is(boolean same) {
        var absent = new Precondition(null, ANY);

        var answers = Together.call(CALLERS, i -> () -> put(absent, image(same ? "same" : "image " + i)));

        assertThat(answers).containsOnlyOnce("taken").containsOnly("taken", "PreconditionFailed");
        assertThat(all())
                .singleElement()
                .satisfies(image -> assertThat(image.imageTags()).hasSize(1));
    }

    @Test
    void of_many_that_move_a_tag_from_one_image_one_does() {
        put(Law.OCI, image("old"));
        var old = new Precondition(
                new EntityTags(false, Set.of(digest(image("old")).toString()), Set.of()), null);

        var answers = Together.call(CALLERS, i -> () -> put(old, image("image " + i)));

        assertThat(answers).containsOnlyOnce("taken").containsOnly("taken", "PreconditionFailed");
        assertThat(all()).hasSize(2);
    }

    @Test
    void of_many_that_delete_a_tag_or_move_it_one_does() {
        put(Law.OCI, image("old"));
        var old = new Precondition(
                new EntityTags(false, Set.of(digest(image("old")).toString()), Set.of()), null);

        var answers = Together.call(CALLERS, i -> () -> i % 2 == 0 ? put(old, image("image " + i)) : untag(old));

        assertThat(answers).containsOnlyOnce("taken").isSubsetOf("taken", "PreconditionFailed", "ImageNotFound");
    }

    private String put(Precondition condition, ManifestBytes manifest) {
        return told(() -> world.call(
                Law.OCI, images.put, new PutImage.Input(null, APP, manifest, null, TAG, null, null, condition)));
    }

    private String untag(Precondition condition) {
        var input = new BatchDeleteImage.Input(null, APP, List.of(byTag(TAG.name())), condition);
        return told(() -> world.call(Law.OCI, images.delete, input).failures().stream()
                .map(ImageFailure::failureCode)
                .findFirst()
                .orElse("taken"));
    }

    private static String told(Supplier<?> call) {
        try {
            return call.get() instanceof String answer ? answer : "taken";
        } catch (RegistryException e) {
            return e.error().getClass().getSimpleName();
        }
    }

    private void assertThatOneImageIsStored() {
        assertThat(all()).singleElement().satisfies(image -> {
            assertThat(image.imageDigest()).isEqualTo(digest(image("same")));
            assertThat(image.imageTags()).hasSize(1);
        });
    }

    @Test
    void many_images_under_one_tag_are_all_stored_and_one_has_it() {
        Together.call(CALLERS, i -> () -> put(Law.ECR, image("image " + i)));

        assertThat(all())
                .hasSize(CALLERS)
                .filteredOn(image -> image.imageTags() != null)
                .hasSize(1);
    }

    @Test
    void a_layer_of_many_pushes_at_once_is_theirs_all() {
        var layers = new Layers(world);
        var bytes = new byte[] {1, 2, 3};

        Together.call(CALLERS, i -> () -> {
            var digest = layers.push(APP, bytes);
            return images.put(APP, image("image " + i, digest, bytes.length), "t" + i);
        });

        assertThat(all()).hasSize(CALLERS);
        assertThat(layers.bytes(APP, Layers.sha256(bytes))).isEqualTo(bytes);
    }

    @Test
    void however_pushes_and_deletes_race_every_tag_has_its_image_and_every_index_its_child() {
        Together.call(CALLERS, i -> () -> {
            for (int round = 0; round < 5; round++) {
                act(i % 4);
            }
            return i;
        });

        var repository = world.repository(APP);
        var dangling = world.metadata.read(tx -> tx.images().dangling(repository));
        assertThat(dangling).isEmpty();
        for (var image : all()) {
            var stored = images.get(APP, byDigest(image.imageDigest())).images();
            assertThat(stored)
                    .singleElement()
                    .satisfies(view -> assertThat(digest((ManifestBytes) view.imageManifest()))
                            .isEqualTo(image.imageDigest()));
            var tags = image.imageTags() == null ? List.<Tag>of() : image.imageTags();
            tags.forEach(tag -> assertThat(images.has(APP, byTag(tag.name()))).isTrue());
        }
        if (images.has(APP, byDigest(digest(index(image("child")))))) {
            assertThat(images.has(APP, byDigest(digest(image("child"))))).isTrue();
        }
    }

    /// What the others do meanwhile may refuse it, in one of these words.
    private void act(int which) {
        try {
            switch (which) {
                case 0 -> images.put(Law.OCI, APP, image("child"), "child");
                case 1 -> images.put(Law.OCI, APP, index(image("child")), "all");
                case 2 -> images.delete(Law.ECR, APP, byDigest(digest(image("child"))), byTag("child"));
                default -> images.delete(Law.ECR, APP, byTag("all"));
            }
        } catch (RegistryException e) {
            assertThat(e.error().type()).isEqualTo("ReferencedImagesNotFoundException");
        }
    }

    @Test
    void a_layer_is_deleted_or_named_never_both() {
        var layers = new Layers(world);
        for (int i = 0; i < 20; i++) {
            var bytes = new byte[] {(byte) i};
            var layer = layers.push(APP, bytes);
            var manifest = image("of layer " + i, layer, 1);

            Together.call(2, n -> () -> n == 0 ? put(Law.OCI, manifest) : deleteLayer(layer));

            assertThat(layers.has(APP, layer)).isEqualTo(images.has(APP, byDigest(digest(manifest))));
        }
    }

    private String deleteLayer(Digest layer) {
        var input = new DeleteLayer.Input(null, APP, layer);
        return outcome(() -> world.call(Law.OCI, world.the(DeleteLayer.class), input));
    }

    private String put(Law law, ManifestBytes manifest) {
        return outcome(() -> images.put(law, APP, manifest, "latest"));
    }

    private static String outcome(Runnable call) {
        try {
            call.run();
            return "taken";
        } catch (RegistryException e) {
            return e.error().type();
        }
    }

    private List<ImageDetail> all() {
        var input = new DescribeImages.Input(null, APP, null, null, 1_000, null);
        return world.call(new DescribeImages(world.metadata), input).imageDetails();
    }
}
