package entrepot.operation.image;

import static entrepot.domain.ImageStatus.ACTIVE;
import static entrepot.domain.ImageStatus.ARCHIVED;
import static entrepot.operation.Images.about;
import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.Images.index;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.ImageChange.Kind;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import entrepot.operation.Archives;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.image.ImageView.ImageId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdateImageStorageClassTest {

    @AutoClose
    private final World world = World.withApp();

    private final Images images = Images.into(world, APP);
    private final Archives archives = new Archives(world);

    @Test
    void an_image_is_archived_and_comes_back_with_the_times_of_both() {
        var image = images.put(APP, image("a"), "v1");
        var pushed = world.clock.instant();
        world.clock.move(Duration.ofHours(1));
        var archived = world.clock.instant();

        assertThat(archives.update(byTag("v1"), StorageClass.ARCHIVE))
                .isEqualTo(new UpdateImageStorageClass.Output(
                        World.ID.account(), APP, new ImageId(image, new Tag("v1")), ARCHIVED));
        assertThat(archives.detail(image)).satisfies(detail -> {
            assertThat(detail.imageStatus()).isEqualTo(ARCHIVED);
            assertThat(detail.lastArchivedAt()).isEqualTo(archived);
            assertThat(detail.lastActivatedAt()).isNull();
            assertThat(detail.imageTags()).containsExactly(new Tag("v1"));
        });

        world.clock.move(Duration.ofHours(1));
        assertThat(archives.update(byDigest(image), StorageClass.STANDARD).imageStatus())
                .isEqualTo(ACTIVE);
        assertThat(archives.detail(image)).satisfies(detail -> {
            assertThat(detail.imagePushedAt()).isEqualTo(pushed);
            assertThat(detail.lastArchivedAt()).isEqualTo(archived);
            assertThat(detail.lastActivatedAt()).isEqualTo(world.clock.instant());
        });
        assertThat(images.has(APP, byTag("v1"))).isTrue();
    }

    @Test
    void to_the_class_that_it_has_an_image_goes_at_once_and_nothing_is_told() {
        var image = images.put(APP, image("a"), "v1");
        assertThat(archives.restore(image)).isEqualTo(ACTIVE);
        assertThat(archives.detail(image).lastActivatedAt()).isNull();

        archives.archive(image);
        var at = archives.detail(image).lastArchivedAt();
        world.clock.move(Duration.ofHours(1));
        assertThat(archives.archive(image)).isEqualTo(ARCHIVED);

        assertThat(archives.detail(image).lastArchivedAt()).isEqualTo(at);
        assertThat(world.changes).extracting(change -> change.kind()).containsExactly(Kind.PUSH, Kind.ARCHIVE);
    }

    @Test
    void who_did_it_is_told_with_the_tags_of_the_image() {
        var image = images.put(APP, image("a"), "v1");
        images.put(APP, image("a"), "v2");
        archives.archive(image);
        archives.restore(image);

        assertThat(world.changes.stream().skip(2))
                .satisfiesExactly(
                        change -> {
                            assertThat(change.kind()).isEqualTo(Kind.ARCHIVE);
                            assertThat(change.tags()).containsExactlyInAnyOrder(new Tag("v1"), new Tag("v2"));
                            assertThat(change.image().archival().status()).isEqualTo(ARCHIVED);
                            assertThat(change.principal())
                                    .isEqualTo(world.root.principal().arn());
                        },
                        change -> {
                            assertThat(change.kind()).isEqualTo(Kind.RESTORE);
                            assertThat(change.image().archival().status()).isEqualTo(ACTIVE);
                        });
    }

    @Test
    void what_an_active_list_names_is_not_archived() {
        var child = images.put(APP, image("child"), null);
        var list = images.put(APP, index(image("child")), "list");

        assertThat(refusal(() -> archives.archive(child)))
                .isEqualTo(
                        ("ImageStorageClassUpdateNotSupportedException: The image with digest '%s' in the repository with"
                                        + " name 'app' in the registry with id '123456789012' cannot be archived because it is"
                                        + " referenced by manifest list: [%s]")
                                .formatted(child, list));
        assertThat(archives.status(child)).isEqualTo(ACTIVE);
    }

    @Test
    void a_list_is_archived_alone_and_brings_back_what_it_names() {
        var child = images.put(APP, image("child"), null);
        var list = images.put(APP, index(image("child")), null);
        var outer = images.put(
                APP,
                ManifestBytes.ofText(
                        index(index(image("child"))).text().replace(Images.OCI + "\"", Images.OCI_INDEX + "\"")),
                "list");

        assertThat(refusal(() -> archives.archive(list))).startsWith("ImageStorageClassUpdateNotSupportedException");
        archives.archive(outer);
        assertThat(List.of(child, list)).allMatch(image -> archives.status(image) == ACTIVE);
        archives.archive(list);
        archives.archive(child);

        assertThat(archives.restore(outer)).isEqualTo(ACTIVE);
        assertThat(List.of(child, list, outer)).allMatch(image -> archives.status(image) == ACTIVE);
    }

    @Test
    void what_is_about_an_image_follows_it_both_ways_over_any_number_of_others() {
        var subject = images.put(APP, image("subject"), "v1");
        var signature = images.put(APP, about(subject), null);
        var ofSignature = images.put(APP, about(signature, "of signature", ""), "tagged");
        var other = images.put(APP, about(digest(image("never came")), "other", ""), null);

        archives.archive(subject);
        assertThat(List.of(subject, signature, ofSignature)).allMatch(image -> archives.status(image) == ARCHIVED);
        assertThat(archives.status(other)).isEqualTo(ACTIVE);

        archives.restore(subject);
        assertThat(List.of(subject, signature, ofSignature)).allMatch(image -> archives.status(image) == ACTIVE);
    }

    @Test
    void what_is_about_an_image_and_named_by_a_list_stays_with_that() {
        var subject = images.put(APP, image("subject"), "v1");
        var signature = images.put(APP, about(subject), null);
        images.put(APP, index(about(subject)), "list");

        archives.archive(subject);

        assertThat(archives.status(signature)).isEqualTo(ACTIVE);
    }

    @Test
    void an_archived_image_is_deleted_as_any_other_with_what_is_about_it() {
        var image = images.put(APP, image("a"), "v1");
        archives.archive(image);

        assertThat(images.delete(Law.ECR, APP, byTag("v1")).imageIds())
                .containsExactly(new ImageId(image, new Tag("v1")));
        assertThat(archives.described("ANY")).isEmpty();
        assertThat(archives.described("ARCHIVED")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_there_is_not_moved(StorageClass target) {
        images.put(APP, image("a"), "v1");

        assertThat(refusal(() -> archives.update(byTag("v2"), target)))
                .isEqualTo("ImageNotFoundException: The image with imageId {imageDigest:'null', imageTag:'v2'} does not"
                        + " exist within the repository with name 'app' in the registry with id '123456789012'");
        assertThat(refusal(() ->
                        archives.update(new ImageIdentifier(digest(image("b")).toString(), "v1"), target)))
                .startsWith("ImageNotFoundException");
        assertThat(refusal(() -> archives.update(new ImageIdentifier(null, null), target)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'imageId' failed to satisfy constraint:"
                        + " 'Invalid request parameters: both tag and digest cannot be null'");
        assertThat(refusal(() -> world.call(
                        world.the(UpdateImageStorageClass.class),
                        new UpdateImageStorageClass.Input(null, OTHER, byTag("v1"), target))))
                .isEqualTo(World.absent(OTHER));
        assertThat(refusal(() -> world.call(
                        world.the(UpdateImageStorageClass.class),
                        new UpdateImageStorageClass.Input(World.STRANGER, APP, byTag("v1"), target))))
                .isEqualTo(World.denied("UpdateImageStorageClass", APP));
    }
}
