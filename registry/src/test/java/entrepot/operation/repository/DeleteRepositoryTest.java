package entrepot.operation.repository;

import static entrepot.operation.Images.LAYER;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.job.DeletedRepositories;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeleteRepositoryTest {

    @AutoClose
    private final World world = World.withApp();

    private final Layers layers = new Layers(world);
    private Images images = new Images(world);

    @BeforeEach
    void push_an_image() {
        images = Images.into(world, APP);
        images.put(APP, image("a"), "v1");
    }

    @Test
    void one_with_images_goes_by_force_only() {
        assertThat(refusal(() -> delete(APP, null)))
                .isEqualTo("RepositoryNotEmptyException: The repository with name 'app' in registry with id"
                        + " '123456789012' cannot be deleted because it still contains images");
        assertThat(refusal(() -> delete(APP, false))).startsWith("RepositoryNotEmptyException: ");
        assertThat(images.has(APP, byTag("v1"))).isTrue();

        assertThat(delete(APP, true).repositoryName()).isEqualTo(APP);
        assertThat(refusal(() -> world.repository(APP))).isEqualTo(World.absent(APP));
    }

    @Test
    void one_with_layers_and_no_images_is_empty() {
        world.create(OTHER);
        layers.push(OTHER, LAYER);

        assertThat(delete(OTHER, null).repositoryName()).isEqualTo(OTHER);
    }

    @Test
    void one_whose_images_were_deleted_is_empty() {
        images.delete(Law.ECR, APP, byTag("v1"));

        assertThat(delete(APP, null).repositoryName()).isEqualTo(APP);
    }

    @Test
    void an_absent_one_is_told() {
        assertThat(refusal(() -> delete(OTHER, true))).isEqualTo(World.absent(OTHER));
        delete(APP, true);
        assertThat(refusal(() -> delete(APP, true))).isEqualTo(World.absent(APP));
    }

    @Test
    void its_name_is_free_at_once_and_nothing_of_it_is_in_the_next_one() {
        var upload = layers.begin(APP);
        world.call(
                new TagResource(world.metadata, world.limits),
                new TagResource.Input(world.repository(APP).arn().value(), List.of(new ResourceTag("old", ""))));

        delete(APP, true);
        world.create(APP);

        assertThatAppIsEmpty();
        assertThat(refusal(() -> layers.received(APP, upload))).startsWith("UploadNotFoundException: ");
        new DeletedRepositories(world.metadata).runOnce();
        assertThatAppIsEmpty();
    }

    private void assertThatAppIsEmpty() {
        assertThat(images.has(APP, byTag("v1"))).isFalse();
        assertThat(images.has(APP, Images.byDigest(Images.digest(image("a"))))).isFalse();
        assertThat(layers.has(APP, Layers.sha256(LAYER))).isFalse();
        assertThat(refusal(() -> images.put(APP, image("a"), "v1"))).startsWith("LayersNotFoundException: ");
        assertThat(world.call(
                                new ListTagsForResource(world.metadata),
                                new ListTagsForResource.Input(
                                        world.repository(APP).arn().value()))
                        .tags())
                .isEmpty();
    }

    @Test
    void the_purge_touches_no_other_repository() {
        world.create(OTHER);
        Images.into(world, OTHER).put(OTHER, image("a"), "v1");

        delete(APP, true);
        new DeletedRepositories(world.metadata).runOnce();

        assertThat(images.has(OTHER, byTag("v1"))).isTrue();
        assertThat(layers.bytes(OTHER, Layers.sha256(LAYER))).isEqualTo(LAYER);
        var left = world.metadata.read(tx -> tx.repositories().deleted(1));
        assertThat(left).isEmpty();
    }

    @Test
    void another_accounts_repository_is_not_the_callers_to_delete() {
        assertThat(refusal(() -> world.call(
                        new DeleteRepository(world.means.kept(), world.clock),
                        new DeleteRepository.Input(World.STRANGER, APP, true))))
                .isEqualTo(World.denied("DeleteRepository", APP));
    }

    private RepositoryView delete(RepositoryName name, @Nullable Boolean force) {
        return world.call(
                        new DeleteRepository(world.means.kept(), world.clock),
                        new DeleteRepository.Input(null, name, force))
                .repository();
    }
}
