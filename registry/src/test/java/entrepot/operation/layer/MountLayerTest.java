package entrepot.operation.layer;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.auth.Principal;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.Law;
import entrepot.domain.Progress;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.operation.AuditEvent;
import entrepot.operation.Layers;
import entrepot.operation.Together;
import entrepot.operation.World;
import entrepot.operation.registry.PutAccountSetting;
import entrepot.operation.repository.PushTargets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MountLayerTest {

    private static final byte[] BYTES = "a layer to share".getBytes(UTF_8);
    private static final Digest DIGEST = sha256(BYTES);
    private static final RepositoryName NONE = new RepositoryName("none");

    private static final String PUSH_ONLY =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":\"ecr:InitiateLayerUpload\"}}";

    @AutoClose
    private final World world = World.withApp();

    private final Layers layers = new Layers(world);
    private final MountLayer mount = world.the(MountLayer.class);

    @BeforeEach
    void make_a_target() {
        world.create(OTHER);
    }

    private boolean mount(Digest digest, @Nullable RepositoryName from) {
        return world.call(Law.OCI, mount, new MountLayer.Input(null, OTHER, digest, from))
                .mounted();
    }

    @Test
    void a_layer_that_no_manifest_names_is_mounted_without_a_copy() {
        layers.push(APP, BYTES);

        assertThat(mount(DIGEST, APP)).isTrue();

        assertThat(layers.bytes(OTHER, DIGEST)).isEqualTo(BYTES);
        assertThat(layers.stored(OTHER, DIGEST).key())
                .isEqualTo(layers.stored(APP, DIGEST).key());
        assertThat(mount(DIGEST, APP)).isTrue();
    }

    @Test
    void a_mounted_layer_outlives_its_source() {
        layers.push(APP, BYTES);
        mount(DIGEST, APP);

        world.delete(APP);

        assertThat(layers.bytes(OTHER, DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void any_repository_of_the_registry_will_do_where_none_is_named() {
        layers.push(APP, BYTES);

        assertThat(mount(DIGEST, null)).isTrue();
        assertThat(layers.bytes(OTHER, DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void a_layer_goes_by_the_digest_that_its_repository_has_it_by() {
        var sha512 = layers.push(APP, BYTES, Layers.sha512(BYTES));

        assertThat(mount(DIGEST, APP)).isFalse();
        assertThat(mount(DIGEST, null)).isFalse();
        assertThat(mount(sha512, APP)).isTrue();
        assertThat(layers.bytes(OTHER, sha512)).isEqualTo(BYTES);
    }

    @Test
    void what_the_source_has_not_is_not_mounted() {
        world.create(NONE);
        layers.push(APP, BYTES);

        assertThat(mount(DIGEST, NONE)).isFalse();
        assertThat(mount(DIGEST, OTHER)).isFalse();
        assertThat(mount(DIGEST, new RepositoryName("absent"))).isFalse();
        assertThat(mount(sha256(new byte[1]), APP)).isFalse();
        assertThat(mount(sha256(new byte[1]), null)).isFalse();
        assertThat(layers.has(OTHER, DIGEST)).isFalse();
    }

    @Test
    void a_layer_may_be_mounted_from_where_it_is() {
        layers.push(OTHER, BYTES);

        assertThat(mount(DIGEST, OTHER)).isTrue();
        assertThat(mount(DIGEST, null)).isTrue();
    }

    @Test
    void another_region_is_another_registry() {
        var elsewhere = new RegistryId(World.ID.account(), "us-east-1");
        layers.push(APP, BYTES);
        world.metadata.transact(
                tx -> tx.repositories().create(elsewhere, OTHER, TagMutability.MUTABLE, false, world.clock.instant()));
        var caller = new Caller(world.root.principal(), elsewhere, world.root.address(), World.ORIGIN);

        assertThat(run(caller, APP).mounted()).isFalse();
        assertThat(run(caller, null).mounted()).isFalse();
    }

    @Test
    void what_other_registries_have_of_a_layer_hides_no_repository_of_this_one() {
        var elsewhere = new RegistryId(World.ID.account(), "us-east-1");
        layers.push(APP, BYTES);
        world.metadata.transact(tx -> {
            var source = tx.repositories().find(World.ID, APP).orElseThrow();
            var blob = tx.layers().blob(DIGEST, Encryption.AES256).orElseThrow();
            tx.layers().unlink(source, DIGEST);
            for (int i = 0; i < 150; i++) {
                var name = new RepositoryName("far/" + i);
                var now = world.clock.instant();
                tx.layers()
                        .link(tx.repositories().create(elsewhere, name, TagMutability.MUTABLE, false, now), blob, now);
            }
            tx.repositories().delete(source, world.clock.instant());
            var last = tx.repositories().create(World.ID, APP, TagMutability.MUTABLE, false, world.clock.instant());
            tx.layers().link(last, blob, world.clock.instant());
            return last;
        });

        assertThat(mount(DIGEST, null)).isTrue();
    }

    /// By the operation itself, since the door would not let them in: what it asks of the source it asks on its own.
    @Test
    void who_may_not_pull_from_the_source_is_told_no_more_than_that_it_was_not_mounted() {
        layers.push(APP, BYTES);
        var stranger = Principal.ofRoot(World.STRANGER, "AKIAAAAAAAAAAAAAAAAB");
        var caller = new Caller(stranger, World.ID, world.root.address(), World.ORIGIN);

        assertThat(run(caller, APP).mounted()).isFalse();
        assertThat(run(caller, null).mounted()).isFalse();
        assertThat(layers.has(OTHER, DIGEST)).isFalse();
    }

    @Test
    void the_source_is_told_to_the_audit_once_whether_it_is_opened_or_not() {
        layers.push(APP, BYTES);
        var ann = world.user(World.ID.account(), "ann", PUSH_ONLY);
        world.audit.clear();

        world.call(ann, mount, new MountLayer.Input(null, OTHER, DIGEST, APP));
        world.call(ann, mount, new MountLayer.Input(null, OTHER, DIGEST, null));
        world.call(Law.OCI, mount, new MountLayer.Input(null, OTHER, DIGEST, APP));

        var refused = "MountLayer ecr:GetDownloadUrlForLayer app AccessDenied";
        var target = "MountLayer ecr:InitiateLayerUpload other allowed";
        assertThat(world.audit)
                .extracting(MountLayerTest::told)
                .containsExactly(
                        target, refused, target, refused, target, "MountLayer ecr:GetDownloadUrlForLayer app allowed");
    }

    private static String told(AuditEvent event) {
        var permission = event.permissions().getFirst();
        return "%s %s %s %s"
                .formatted(
                        event.name(),
                        permission.action(),
                        permission.resource().value().replaceFirst(".*/", ""),
                        event.refusal() == null ? "allowed" : event.refusal().code());
    }

    private MountLayer.Output run(Caller caller, @Nullable RepositoryName from) {
        return mount.run(caller, Law.OCI, new MountLayer.Input(null, OTHER, DIGEST, from));
    }

    @Test
    void a_mount_needs_the_right_to_push_to_its_target() {
        var input = new MountLayer.Input(World.STRANGER, OTHER, DIGEST, APP);

        assertThat(refusal(() -> world.call(Law.OCI, mount, input)))
                .isEqualTo(World.denied("InitiateLayerUpload", OTHER));
    }

    @Test
    void a_mount_into_nothing_is_refused_as_an_upload_would_be() {
        layers.push(APP, BYTES);
        var input = new MountLayer.Input(null, NONE, DIGEST, APP);

        assertThat(refusal(() -> world.call(Law.OCI, mount, input))).isEqualTo(World.absent(NONE));
    }

    @Test
    void a_mount_makes_its_target_where_a_push_would() {
        layers.push(APP, BYTES);
        var lookup = PushTargets.with(world.means, true);
        var creating =
                new MountLayer(lookup, new SharedLayers(world.metadata, world.vault, world.clock), world.decisions);

        assertThat(world.call(Law.OCI, creating, new MountLayer.Input(null, NONE, DIGEST, APP))
                        .mounted())
                .isTrue();
        assertThat(layers.bytes(NONE, DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void a_registry_may_forbid_mounts_and_keeps_what_was_mounted() {
        layers.push(APP, BYTES);
        var first = layers.push(APP, "first".getBytes(UTF_8));
        mount(first, APP);
        set("DISABLED");

        assertThat(mount(DIGEST, APP)).isFalse();
        assertThat(mount(DIGEST, null)).isFalse();
        assertThat(layers.has(OTHER, first)).isTrue();
        set("ENABLED");
        assertThat(mount(DIGEST, APP)).isTrue();
    }

    private void set(String value) {
        world.call(world.the(PutAccountSetting.class), new PutAccountSetting.Input("BLOB_MOUNTING", value));
    }

    @Test
    void a_layer_whose_bytes_are_not_all_there_is_not_spread_but_mended_by_an_upload() throws IOException {
        layers.push(APP, BYTES);
        world.blobs.append(layers.stored(APP, DIGEST).key(), Progress.of(3), Content.Bytes.EMPTY);
        assertThat(mount(DIGEST, APP)).isFalse();
        world.blobs.delete(layers.stored(APP, DIGEST).key());
        assertThat(mount(DIGEST, null)).isFalse();

        layers.push(OTHER, BYTES);

        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
    }

    @RepeatedTest(20)
    void a_mount_beside_the_end_of_its_source_is_whole_or_is_not() {
        layers.push(APP, BYTES);

        var mounted = Together.call(2, i -> () -> {
            if (i == 0) {
                world.delete(APP);
                return false;
            }
            return mount(DIGEST, APP);
        });

        assertThat(layers.has(OTHER, DIGEST)).isEqualTo(mounted.get(1));
        if (mounted.get(1)) {
            assertThat(layers.bytes(OTHER, DIGEST)).isEqualTo(BYTES);
        }
    }

    @RepeatedTest(20)
    void a_mount_beside_the_end_of_its_target_leaves_nothing_behind() {
        layers.push(APP, BYTES);

        var outcomes = Together.call(2, i -> () -> i == 0 ? end() : attempt());

        assertThat(outcomes.get(1)).isIn("true", "RepositoryNotFound");
        world.create(OTHER);
        assertThat(layers.has(OTHER, DIGEST)).isFalse();
        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
    }

    private String end() {
        world.delete(OTHER);
        return "";
    }

    private String attempt() {
        try {
            return Boolean.toString(mount(DIGEST, APP));
        } catch (RegistryException e) {
            assertThat(e.error()).isInstanceOf(RepositoryError.RepositoryNotFound.class);
            return "RepositoryNotFound";
        }
    }

    @Test
    void many_mounts_of_one_layer_all_come_to_it() {
        layers.push(APP, BYTES);

        assertThat(Together.call(16, i -> () -> mount(DIGEST, i % 2 == 0 ? APP : null)))
                .containsOnly(true);
        assertThat(layers.bytes(OTHER, DIGEST)).isEqualTo(BYTES);
    }
}
