package entrepot.replication;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.replication.Replicated.BEYOND;
import static entrepot.replication.Replicated.HOME;
import static entrepot.replication.Replicated.OTHERS;
import static entrepot.replication.Replicated.THERE;
import static entrepot.replication.Replicated.rule;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.Law;
import entrepot.domain.RegistryId;
import entrepot.domain.StorageClass;
import entrepot.domain.TagMutability.Mode;
import entrepot.operation.Archives;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.image.DescribeImages;
import entrepot.operation.image.UpdateImageStorageClass;
import entrepot.operation.layer.ReadLayer;
import entrepot.operation.template.CreateRepositoryCreationTemplate;
import entrepot.operation.template.Templates;
import entrepot.store.Layers.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// From a push to other registries of the same server.
@Timeout(120)
class LocalReplicationTest {

    private static final String ALLOWED = """
        {"Version":"2012-10-17","Statement":[{"Sid":"r","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},
        "Action":[%s],"Resource":"arn:aws:ecr:eu-west-1:999999999999:repository/*"}]}""";

    @AutoClose
    private final Replicated registries = new Replicated();

    private final Images images = registries.images;

    private Digest push(String note, String tag) {
        return images.put(APP, image(note), tag);
    }

    @Test
    void a_push_comes_to_a_destination_with_its_tag_and_without_a_copy_of_its_bytes() throws IOException {
        registries.toAll(THERE);
        var stored = blobs();

        var image = push("one", "v1");
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(image, List.of("v1")));
        assertThat(bytes(THERE, Layers.sha256(Images.LAYER))).isEqualTo(Images.LAYER);
        assertThat(blobs()).isEqualTo(stored);
        assertThat(registries.counts.brought().sum()).isOne();
    }

    private List<Blob> blobs() {
        return registries.world.metadata.read(tx -> tx.layers().all(0, 100));
    }

    private byte[] bytes(RegistryId registry, Digest layer) throws IOException {
        var read = registries.call(registry, ReadLayer.class, new ReadLayer.Input(null, APP, layer));
        var bytes = new ByteArrayOutputStream();
        read.bytes().open(0, read.size()).writeTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    @Test
    void what_was_pushed_before_the_rule_stays_and_what_no_filter_matches() {
        registries.world.create(OTHER);
        Images.into(registries.world, OTHER);
        var before = push("before", "old");
        registries.rules(HOME, rule(null, List.of("oth"), THERE), rule(null, List.of("xapp"), THERE));
        push("one", "v1");
        var other = images.put(OTHER, image("two"), "v2");
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEmpty();
        assertThat(registries.has(THERE, OTHER)).isEqualTo(Map.of(other, List.of("v2")));
        assertThat(registries.status(before)).isEmpty();
    }

    @Test
    void the_rules_in_force_at_the_push_count() {
        registries.toAll(THERE);
        var first = push("one", "v1");
        registries.toAll(BEYOND);
        var second = push("two", "v2");
        registries.rules(HOME);
        push("three", "v3");
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(first, List.of("v1")));
        assertThat(registries.has(BEYOND, APP)).isEqualTo(Map.of(second, List.of("v2")));
    }

    @Test
    void tags_go_in_their_order() {
        registries.toAll(THERE);
        var one = push("one", "latest");
        var two = push("two", "latest");
        images.put(APP, image("one"), "latest");
        images.put(APP, image("one"), "more");
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(one, List.of("latest", "more"), two, List.of()));
    }

    @Test
    void a_tag_that_cannot_be_moved_there_is_left_out() {
        registries.create(THERE, APP, Mode.IMMUTABLE);
        registries.toAll(THERE);
        var one = push("one", "v1");
        registries.replicate();
        var two = push("two", "v1");
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(one, List.of("v1"), two, List.of()));
        assertThat(registries.status(two)).containsExactly("us-east-1 COMPLETE");
    }

    @Test
    void what_was_replicated_goes_no_further_and_not_back() {
        registries.toAll(THERE);
        registries.rules(THERE, rule(true, List.of(), BEYOND, HOME));
        registries.rules(BEYOND, rule(true, List.of(), HOME));
        var one = push("one", "latest");
        registries.replicate();
        var two = push("two", "latest");
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(one, List.of(), two, List.of("latest")));
        assertThat(registries.has(BEYOND, APP)).isEmpty();
        assertThat(registries.has(HOME, APP)).isEqualTo(Map.of(one, List.of(), two, List.of("latest")));
        assertThat(registries.counts.brought().sum()).isEqualTo(2);
    }

    @Test
    void deletions_follow_where_the_rule_says_so() {
        registries.rules(HOME, rule(true, List.of(), THERE), rule(false, List.of(), BEYOND));
        var one = push("one", "v1");
        var two = push("two", "v2");
        images.put(APP, image("two"), "v3");
        registries.replicate();
        images.delete(Law.ECR, APP, byDigest(one));
        images.delete(Law.OCI, APP, byTag("v2"));
        registries.replicate();

        assertThat(registries.has(HOME, APP)).isEqualTo(Map.of(two, List.of("v3")));
        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(two, List.of("v3")));
        assertThat(registries.has(BEYOND, APP)).isEqualTo(Map.of(one, List.of("v1"), two, List.of("v2", "v3")));
    }

    @Test
    void a_tag_that_points_elsewhere_there_is_not_taken_away() {
        registries.rules(HOME, rule(true, List.of(), THERE));
        push("one", "v1");
        registries.replicate();
        var theirs = registries.put(THERE, APP, image("theirs"), "v1");
        images.delete(Law.OCI, APP, byTag("v1"));
        registries.replicate();

        assertThat(registries.has(THERE, APP)).containsEntry(theirs, List.of("v1"));
    }

    @Test
    void what_is_deleted_before_it_was_brought_is_there_nowhere() {
        registries.rules(HOME, rule(true, List.of(), THERE));
        var one = push("one", "v1");
        images.delete(Law.ECR, APP, byDigest(one));
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEmpty();
        assertThat(registries.counts.failed().sum()).isZero();
    }

    @Test
    void the_policy_of_another_account_decides() {
        registries.toAll(OTHERS);
        var denied = push("one", "v1");
        registries.replicate();
        assertThat(registries.status(denied)).containsExactly("eu-west-1 FAILED AccessDenied");

        registries.policy(OTHERS, ALLOWED.formatted("\"ecr:ReplicateImage\""));
        var absent = push("two", "v2");
        registries.replicate();
        assertThat(registries.status(absent)).containsExactly("eu-west-1 FAILED AccessDenied");

        registries.policy(OTHERS, ALLOWED.formatted("\"ecr:ReplicateImage\",\"ecr:CreateRepository\""));
        var allowed = push("three", "v3");
        registries.replicate();

        assertThat(registries.status(allowed)).containsExactly("eu-west-1 COMPLETE");
        assertThat(registries.has(OTHERS, APP)).isEqualTo(Map.of(allowed, List.of("v3")));
    }

    @Test
    void a_repository_that_is_there_needs_the_right_to_replicate_alone() {
        registries.create(OTHERS, APP, Mode.MUTABLE);
        registries.policy(OTHERS, ALLOWED.formatted("\"ecr:ReplicateImage\""));
        registries.toAll(OTHERS);
        var image = push("one", "v1");
        registries.replicate();

        assertThat(registries.has(OTHERS, APP)).isEqualTo(Map.of(image, List.of("v1")));
    }

    @Test
    void a_list_comes_after_what_it_names_though_that_was_there_before_the_rule() {
        var child = images.put(APP, image("child"), "alone");
        var inner = images.put(APP, Images.index(image("child")), null);
        registries.toAll(THERE);
        var outer = images.put(APP, Images.index(image("child")), "all");
        registries.replicate();

        assertThat(inner).isEqualTo(outer);
        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(child, List.of(), outer, List.of("all")));
    }

    @Test
    void what_is_about_an_image_comes_too() {
        registries.toAll(THERE);
        var image = push("one", "v1");
        var signature = images.put(APP, Images.about(image), null);
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(image, List.of("v1"), signature, List.of()));
    }

    @Test
    void what_is_archived_there_comes_back_and_what_is_archived_here_does_not_follow() {
        registries.toAll(THERE);
        var archives = new Archives(registries.world);
        var image = push("one", "v1");
        registries.replicate();
        archives.archive(image);
        registries.replicate();
        assertThat(statusThere(image)).isEqualTo(ImageStatus.ACTIVE);

        registries.call(
                THERE,
                UpdateImageStorageClass.class,
                new UpdateImageStorageClass.Input(null, APP, byDigest(image), StorageClass.ARCHIVE));
        images.put(APP, image("one"), "v1");
        registries.replicate();

        assertThat(statusThere(image)).isNotEqualTo(ImageStatus.ARCHIVED);
    }

    private ImageStatus statusThere(Digest image) {
        return registries
                .call(
                        THERE,
                        DescribeImages.class,
                        new DescribeImages.Input(null, APP, List.of(byDigest(image)), null, null, null))
                .imageDetails()
                .getFirst()
                .imageStatus();
    }

    @Test
    void a_template_says_how_the_repository_is_made_there_and_bytes_are_copied_under_its_key() throws IOException {
        var template =
                Templates.encrypted(Templates.mutable(Templates.plain("ROOT"), Mode.IMMUTABLE, null), "KMS", null);
        registries.call(
                THERE,
                CreateRepositoryCreationTemplate.class,
                Templates.with(Templates.withRole(template), Occasion.REPLICATION));
        registries.toAll(THERE);
        var image = push("one", "v1");
        registries.replicate();

        var made = registries.world.metadata.read(
                tx -> tx.repositories().find(THERE, APP).orElseThrow());
        assertThat(made.tagMutability().mode()).isEqualTo(Mode.IMMUTABLE);
        assertThat(made.keys()).isNotNull();
        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(image, List.of("v1")));
        assertThat(bytes(THERE, Layers.sha256(Images.LAYER))).isEqualTo(Images.LAYER);
    }

    @Test
    void an_image_is_in_progress_from_its_push_until_it_is_there() {
        registries.toAll(BEYOND, THERE);
        var image = push("one", "v1");
        assertThat(registries.status(image)).containsExactly("us-east-1 IN_PROGRESS", "us-west-2 IN_PROGRESS");

        registries.replicate();

        assertThat(registries.status(image)).containsExactly("us-east-1 COMPLETE", "us-west-2 COMPLETE");
    }

    @Test
    void many_repositories_and_images_arrive() {
        registries.toAll(THERE);
        for (int i = 0; i < 60; i++) {
            push("n" + i, "v" + i % 7);
        }
        registries.replicate();

        assertThat(registries.has(THERE, APP))
                .isEqualTo(registries.has(HOME, APP))
                .hasSize(60);
        assertThat((Map<?, ?>)
                        registries.world.metadata.read(tx -> tx.replication().amounts()))
                .isEmpty();
    }
}
