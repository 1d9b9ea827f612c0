package entrepot.operation.history;

import static entrepot.operation.Images.about;
import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.Images.index;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.ManifestBytes;
import entrepot.domain.ResourceTag;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability.Mode;
import entrepot.operation.Archives;
import entrepot.operation.ImageChanges;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.store.LifecyclePolicies.StoredPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Images that were deleted come back as they were.
class UndeleteTest {

    private static final ManifestBytes ONE = image("a");
    private static final ManifestBytes TWO = image("b");
    private static final String POLICY = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"ecr:BatchGetImage"}]}""";
    private static final Digest NEVER = digest(image("never"));

    @AutoClose
    private final World world = World.withApp();

    private final Histories histories = Histories.in(world);
    private Images images = Images.into(world, APP);

    private Digest put(ManifestBytes manifest, @Nullable String tag) {
        later();
        return images.put(APP, manifest, tag);
    }

    private void delete(Digest... digests) {
        for (var digest : digests) {
            later();
            assertThat(images.delete(Law.ECR, APP, byDigest(digest)).failures()).isEmpty();
        }
        later();
    }

    private Instant later() {
        world.clock.move(Duration.ofSeconds(1));
        return world.clock.instant();
    }

    private static void assertRefused(ThrowingCallable call, String words) {
        assertThatThrownBy(call).isInstanceOf(UndeleteException.class).hasMessageContaining(words);
    }

    @Test
    void an_image_comes_back_as_it_was_with_its_tags() {
        put(ONE, "v1");
        put(ONE, "v2");
        put(TWO, "other");
        var before = histories.state(APP);
        var names = images.get(APP, byTag("v2")).images();
        delete(digest(ONE));
        assertThat(histories.state(APP)).hasSize(1);

        var done = histories.undelete(digest(ONE));

        assertThat(histories.state(APP)).isEqualTo(before);
        assertThat(images.get(APP, byTag("v2")).images()).isEqualTo(names);
        assertThat(done.tags()).containsOnlyKeys(new Tag("v1"), new Tag("v2"));
        assertThat(done.taken()).isEmpty();
        assertThat(histories.tagsInOrder(done.images().getFirst())).containsExactly(new Tag("v2"), new Tag("v1"));
    }

    @Test
    void what_was_archived_comes_back_active() {
        put(ONE, "v1");
        var archives = new Archives(world);
        archives.archive(digest(ONE));
        delete(digest(ONE));

        histories.undelete(digest(ONE));

        assertThat(archives.status(digest(ONE))).isEqualTo(ImageStatus.ACTIVE);
        assertThat(images.has(APP, byTag("v1"))).isTrue();
    }

    @Test
    void what_a_list_names_comes_out_of_the_archive_with_it() {
        put(ONE, "one");
        var list = index(ONE);
        put(list, "list");
        delete(digest(list));
        var archives = new Archives(world);
        archives.archive(digest(ONE));

        histories.undelete(digest(list));

        assertThat(archives.status(digest(ONE))).isEqualTo(ImageStatus.ACTIVE);
    }

    @Test
    void a_tag_that_is_had_back_can_be_pulled() {
        put(ONE, "v1");
        var then = later();
        put(TWO, "v1");
        var archives = new Archives(world);
        archives.archive(digest(ONE));

        histories.undelete("v1", then);

        assertThat(images.get(APP, byTag("v1")).failures()).isEmpty();
    }

    @Test
    void a_tag_that_is_taken_stays_where_it_is() {
        put(ONE, "v1");
        put(ONE, "v2");
        delete(digest(ONE));
        put(TWO, "v1");

        var done = histories.undelete(digest(ONE));

        assertThat(done.taken()).isEqualTo(Map.of(new Tag("v1"), digest(TWO)));
        assertThat(histories.tags(APP)).isEqualTo(Map.of(new Tag("v1"), digest(TWO), new Tag("v2"), digest(ONE)));
    }

    @Test
    void an_image_that_was_pushed_again_has_its_other_tags_back() {
        put(ONE, "v1");
        put(ONE, "v2");
        delete(digest(ONE));
        put(ONE, "v1");

        assertThat(histories.undelete(digest(ONE)).tags()).containsOnlyKeys(new Tag("v2"));

        assertThat(histories.tags(APP)).isEqualTo(Map.of(new Tag("v1"), digest(ONE), new Tag("v2"), digest(ONE)));
        assertRefused(() -> histories.undelete(digest(ONE)), "nothing of it was deleted");
    }

    @Test
    void a_list_comes_back_with_its_children_and_what_refers_to_them_at_any_depth() {
        var signature = about(digest(ONE));
        var ofSignature = about(digest(signature), "deeper", "");
        var list = index(ONE, TWO);
        var ofList = about(digest(list), "of the list", "");
        put(ONE, null);
        put(TWO, "child");
        put(list, "list");
        put(signature, "signature");
        put(ofSignature, null);
        put(ofList, null);
        var before = histories.state(APP);
        delete(digest(list), digest(ofSignature), digest(ONE), digest(TWO), digest(signature), digest(ofList));
        assertThat(histories.state(APP)).isEmpty();

        var done = histories.undelete(digest(list));

        assertThat(histories.state(APP)).isEqualTo(before);
        assertThat(done.images()).hasSize(6);
        assertThat(images.delete(Law.ECR, APP, byDigest(digest(ONE))).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.failureReason()).contains("manifest list"));
    }

    @Test
    void a_tag_points_where_it_did_then() {
        put(ONE, "latest");
        var then = later();
        put(TWO, "latest");
        delete(digest(ONE));

        histories.undelete("latest", then);

        assertThat(histories.tags(APP)).isEqualTo(Map.of(new Tag("latest"), digest(ONE)));
        assertThat(histories.state(APP)).containsOnlyKeys(digest(ONE), digest(TWO));
    }

    @Test
    void a_tag_of_an_image_that_is_there_is_moved_back() {
        put(ONE, "latest");
        put(ONE, "v1");
        var then = later();
        put(TWO, "latest");

        assertThat(histories.undelete("latest", then).images()).isEmpty();

        assertThat(histories.tags(APP)).containsEntry(new Tag("latest"), digest(ONE));
        assertThat(histories.undelete("latest", then).tags()).isEmpty();
    }

    @Test
    void a_tag_brings_what_referred_to_its_image_then_and_no_more() {
        var early = about(digest(ONE), "early", "");
        var late = about(digest(ONE), "late", "");
        put(ONE, "v1");
        put(early, "signature");
        delete(digest(early));
        put(late, "signature");
        var then = later();
        delete(digest(late), digest(ONE));

        histories.undelete("v1", then);

        assertThat(histories.state(APP)).containsOnlyKeys(digest(ONE), digest(late));
        assertThat(histories.tags(APP)).containsEntry(new Tag("signature"), digest(late));
    }

    @Test
    void an_immutable_tag_that_is_elsewhere_now_stays_there() {
        world.delete(APP);
        world.create(APP, Mode.IMMUTABLE);
        images = Images.into(world, APP);
        put(ONE, "v1");
        var then = later();
        delete(digest(ONE));
        put(TWO, "v1");

        assertRefused(() -> histories.undelete("v1", then), "tag v1 is immutable in app, and points at " + digest(TWO));

        assertThat(histories.state(APP)).containsOnlyKeys(digest(TWO));
        assertThat(histories.undelete(digest(ONE)).taken()).containsOnlyKeys(new Tag("v1"));
    }

    @Test
    void what_was_never_there_or_is_there_is_refused() {
        put(ONE, "v1");

        assertRefused(() -> histories.undelete(NEVER), "never there");
        assertRefused(() -> histories.undelete(digest(ONE)), "nothing of it was deleted");
        assertRefused(() -> histories.undelete("v1", world.clock.instant().minusSeconds(60)), "was not there at");
        assertRefused(() -> histories.undelete("v9", world.clock.instant()), "was not there at");
        world.delete(APP);
        assertRefused(() -> histories.undelete(digest(ONE)), "it was deleted: bring it back first");
    }

    @Test
    void what_was_deleted_while_nothing_was_kept_is_refused() {
        put(ONE, "v1");
        var then = later();
        world.told = ImageChanges.NONE;
        delete(digest(ONE));
        Histories.in(world);

        assertRefused(() -> histories.undelete(digest(ONE)), "kept no more");
        assertRefused(() -> histories.undelete("v1", then), "was not there at");
    }

    @Test
    void quotas_hold() {
        put(ONE, "v1");
        delete(digest(ONE));
        put(TWO, "v2");
        var of = Limits.ECR;
        var one = new Limits(
                new Limits.OfRegistry(
                        of.registry().repositories(), 1, of.registry().tagsPerResource()),
                of.image(),
                of.layer(),
                of.principal(),
                of.manifestBytes());

        assertRefused(
                () -> histories.undelete(one).image(World.ID, APP, digest(ONE)),
                "more than 1 images, which is the most");
        assertThat(histories.state(APP)).containsOnlyKeys(digest(TWO));
    }

    @Test
    void everything_that_happens_is_written_down() {
        put(ONE, "v1");
        put(ONE, "v2");
        put(TWO, "v2");
        later();
        images.delete(Law.ECR, APP, byTag("v2"));
        delete(digest(ONE));
        histories.undelete(digest(ONE));
        later();
        world.delete(APP);
        later();
        histories.undeleteRepository(APP, null);

        assertThat(histories.lines(APP))
                .containsExactly(
                        "PUSH v1 " + digest(ONE),
                        "TAG v2 " + digest(ONE),
                        "PUSH v2 " + digest(TWO),
                        "DELETE v2 " + digest(TWO),
                        "DELETE v1 " + digest(ONE),
                        "RESTORE v1 " + digest(ONE),
                        "DELETE null null",
                        "RESTORE null null");
    }

    @Test
    void a_repository_comes_back_with_its_images_policy_settings_and_tags() {
        put(ONE, "v1");
        var before = histories.state(APP);
        var app = world.repository(APP);
        var policy = new StoredPolicy("p", "{}", null);
        world.metadata.transact(tx -> {
            tx.resourcePolicies().putRepository(app, POLICY);
            tx.repositories().putTags(app, List.of(new ResourceTag("team", "a")));
            tx.repositories().setScanOnPush(app, true);
            tx.lifecyclePolicies().put(app, policy, later());
            return app;
        });
        var set = world.repository(APP);
        world.delete(APP);
        assertThat(histories.duePolicies(Duration.ofDays(2))).isEmpty();
        histories.dropOld(Histories.KEEP);

        assertThat(histories.undeleteRepository(APP, null)).isEqualTo(set);

        assertThat(histories.state(APP)).isEqualTo(before);
        var policies = histories.policies(app);
        assertThat(policies.resource()).contains(POLICY);
        assertThat(policies.lifecycle()).contains(policy);
        assertThat(policies.tags()).containsExactly(new ResourceTag("team", "a"));
        assertThat(histories.duePolicies(Duration.ofHours(23))).isEmpty();
        assertThat(histories.duePolicies(Duration.ofHours(24))).containsExactly(app.id());
    }

    @Test
    void of_several_repositories_the_last_comes_back_or_the_one_that_was_there_then() {
        put(ONE, "v1");
        var first = later();
        later();
        world.delete(APP);
        later();
        world.create(APP);
        images = Images.into(world, APP);
        put(TWO, "v1");
        assertRefused(() -> histories.undeleteRepository(APP, null), "there is a repository app now");
        world.delete(APP);
        assertRefused(() -> histories.undeleteRepository(APP, Instant.EPOCH), "never there at that time");
        assertRefused(() -> histories.undeleteRepository(OTHER, null), "never there");

        histories.undeleteRepository(APP, null);
        assertThat(histories.state(APP)).containsOnlyKeys(digest(TWO));
        world.delete(APP);
        histories.undeleteRepository(APP, first);
        assertThat(histories.state(APP)).containsOnlyKeys(digest(ONE));
    }

    @Test
    void a_repository_that_was_kept_for_long_enough_goes() {
        put(ONE, "v1");
        world.delete(APP);
        world.pass(Histories.KEEP.minusSeconds(1));
        histories.dropOld(Histories.KEEP);
        histories.undeleteRepository(APP, null);
        world.delete(APP);
        world.pass(Histories.KEEP);
        histories.dropOld(Histories.KEEP);

        assertRefused(() -> histories.undeleteRepository(APP, null), "never there");
        assertThat(histories.lines(APP)).isEmpty();
    }

    @Test
    void an_encrypted_repository_and_its_images_come_back() {
        world.delete(APP);
        world.createEncrypted(APP);
        images = Images.into(world, APP);
        put(ONE, "v1");
        put(about(digest(ONE)), "signature");
        var before = histories.state(APP);
        delete(digest(ONE));
        histories.undelete(digest(ONE));
        world.delete(APP);
        histories.undeleteRepository(APP, null);

        assertThat(histories.state(APP)).isEqualTo(before);
        put(TWO, "v2");
        assertThat(images.get(APP, byTag("v1")).images()).hasSize(1);
    }
}
