package entrepot.operation.image;

import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.repository.PushTargets;
import entrepot.store.StorageFullException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The limits of a push, and who may push where. What is pushed, [entrepot.server.OnePathTest] has.
class PutImageTest {

    @AutoClose
    private final World world = World.withApp(new Limits(
            new Limits.OfRegistry(9, 3, 9),
            new Limits.OfImage(2, 1),
            new Limits.OfLayer(9, 999),
            new Limits.OfPrincipal(99, 1 << 30),
            600));

    private final Images images = Images.into(world, APP);

    @ParameterizedTest
    @EnumSource
    void an_image_has_as_many_tags_as_it_may(Law law) {
        images.put(law, APP, image("a"), "v1");
        images.put(law, APP, image("a"), "v2");
        images.put(law, APP, image("b"), "moving");

        for (var tag : new String[] {"v3", "moving"}) {
            assertThat(refusal(() -> images.put(law, APP, image("a"), tag)))
                    .isEqualTo("LimitExceededException: Adding tag '" + tag + "' to an image in the repository with"
                            + " name 'app' in registry with id '123456789012' exceeds the maximum allowed number of"
                            + " tags per image which is '2'");
        }
        images.put(law, APP, image("b"), "v1");
        images.put(law, APP, image("a"), "v3");
        assertThat(images.has(APP, byTag("v3"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_repository_has_as_many_images_as_it_may(Law law) {
        for (int i = 0; i < 3; i++) {
            images.put(law, APP, image("image " + i), "t" + i);
        }

        assertThat(refusal(() -> images.put(law, APP, image("one more"), "t3")))
                .isEqualTo("LimitExceededException: The repository with name 'app' in registry with id"
                        + " '123456789012' already has the maximum allowed number of images which is '3'");
        images.put(law, APP, image("image 0"), "another-tag-of-an-old-one");
        images.delete(Law.ECR, APP, byTag("t1"));
        images.put(law, APP, image("one more"), "t3");
        assertThat(images.has(APP, byTag("t3"))).isTrue();
    }

    @Test
    void a_manifest_is_as_long_as_it_may() {
        var longest = image("x".repeat(600 - image("").length()));

        images.put(Law.ECR, APP, longest, "v1");

        assertThat(refusal(() -> images.put(Law.ECR, APP, ManifestBytes.ofText(longest.text() + " "), "v2")))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'ImageManifest' failed to satisfy"
                        + " constraint: 'Member must have length less than or equal to 600'");
    }

    @Test
    void a_tag_moves_and_the_image_that_it_left_stays() {
        images.put(Law.ECR, APP, image("old"), "v1");
        images.put(Law.ECR, APP, image("new"), "v1");

        assertThat(images.get(APP, byTag("v1")).images().getFirst().imageManifest())
                .isEqualTo(image("new"));
        assertThat(images.has(APP, Images.byDigest(digest(image("old"))))).isTrue();
    }

    @Test
    void a_refused_tag_leaves_the_image_unpushed() {
        world.create(OTHER, TagMutability.Mode.IMMUTABLE);
        var immutable = Images.into(world, OTHER);
        immutable.put(OTHER, image("old"), "v1");

        assertThat(refusal(() -> immutable.put(OTHER, image("new"), "v1")))
                .startsWith("ImageTagAlreadyExistsException: ");
        assertThat(immutable.has(OTHER, Images.byDigest(digest(image("new"))))).isFalse();
    }

    @Test
    void a_push_makes_its_repository_where_the_configuration_says_so() {
        var name = new RepositoryName("made/on-push");
        var making = PushTargets.with(world.means, true);
        var put = new PutImage(making, world.means.kept(), world.clock, new PushRules(world.limits, false));

        assertThat(refusal(() -> world.call(put, new PutImage.Input(null, name, image("a"), null, null, null))))
                .startsWith("LayersNotFoundException: ");
        assertThat(world.repository(name).tagMutability()).isEqualTo(TagMutability.MUTABLE);
    }

    @Test
    void no_manifest_takes_the_room_that_a_full_disk_has_left() {
        var full = new PushRules(world.limits, false, () -> {
            throw new StorageFullException("full");
        });
        var put = new PutImage(PushTargets.with(world.means), world.means.kept(), world.clock, full);

        assertThat(refusal(() -> world.call(put, new PutImage.Input(null, APP, image("a"), null, null, null))))
                .isEqualTo("ServerException: There is no space left to store the request. Nothing of it was kept.");
    }

    @Test
    void an_absent_repository_is_told() {
        assertThat(refusal(() -> images.put(OTHER, image("a"), "v1"))).isEqualTo(World.absent(OTHER));
    }

    @Test
    void another_accounts_repository_is_not_the_callers_to_push_to() {
        assertThat(refusal(() ->
                        world.call(images.put, new PutImage.Input(World.STRANGER, APP, image("a"), null, null, null))))
                .isEqualTo(World.denied("PutImage", APP));
    }
}
