package entrepot.operation.image;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.ImageChange.Kind;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import entrepot.domain.TagMutability.Mode;
import entrepot.operation.Images;
import entrepot.operation.World;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What is told of changes of images.
class ImageChangesTest {

    private static final ManifestBytes ONE = image("a");
    private static final ManifestBytes OTHER = image("b");

    @AutoClose
    private final World world = World.withApp();

    private final Images images = Images.into(world, APP);

    @Test
    void a_push_and_a_further_tag_of_the_same_image_are_two_things() {
        images.put(APP, ONE, "v1");
        images.put(APP, ONE, "v2");

        assertThat(told()).containsExactly("PUSH [v1] " + digest(ONE), "TAG [v2] " + digest(ONE));
        assertThat(world.changes)
                .allMatch(change ->
                        change.principal().equals(world.root.principal().arn()));
    }

    @Test
    void what_changes_nothing_is_not_told() {
        images.put(APP, ONE, "v1");
        images.put(Law.OCI, APP, ONE, "v1");
        images.delete(Law.ECR, APP, byTag("v9"));

        assertThat(told()).hasSize(1);
    }

    @Test
    void a_refused_push_is_not_told() {
        world.delete(APP);
        world.create(APP, Mode.IMMUTABLE);
        var anew = Images.into(world, APP);
        anew.put(APP, ONE, "v1");
        assertThatThrownBy(() -> anew.put(APP, OTHER, "v1")).isInstanceOf(RegistryException.class);

        assertThat(told()).hasSize(1);
    }

    @Test
    void a_deletion_names_the_tags_that_went_with_the_image() {
        images.put(APP, ONE, "v1");
        images.put(APP, ONE, "v2");
        images.put(APP, ONE, "v3");
        images.delete(Law.ECR, APP, byTag("v2"));
        images.delete(Law.ECR, APP, byDigest(digest(ONE)));

        assertThat(world.changes.stream().skip(3).map(change -> change.kind()).toList())
                .containsExactly(Kind.UNTAG, Kind.DELETE);
        assertThat(world.changes.stream().skip(4).findFirst().orElseThrow().tags())
                .extracting(tag -> tag.name())
                .containsExactlyInAnyOrder("v1", "v3");
    }

    private List<String> told() {
        return world.changes.stream()
                .map(change -> change.kind() + " " + change.tags() + " "
                        + change.image().digest())
                .toList();
    }
}
