package entrepot.signing;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.signing.SignedWorld.CI;
import static entrepot.signing.SignedWorld.PREFIX;
import static entrepot.signing.SignedWorld.QA;
import static entrepot.signing.SignedWorld.rule;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.SigningProfileArn;
import entrepot.domain.SigningStatus;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability.Mode;
import entrepot.notation.Format;
import entrepot.notation.SignatureImage;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.image.PutImage;
import entrepot.operation.signing.DeleteSigningConfiguration;
import entrepot.operation.signing.DescribeImageSigningStatus.StatusView;
import entrepot.store.Signings.Made;
import entrepot.store.Signings.Push;
import entrepot.store.Signings.Signing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From a push to its signatures.
@Timeout(120)
class ImageSignaturesTest {
    private static final StatusView COMPLETE = new StatusView(CI, null, null, SigningStatus.COMPLETE);
    private static final StatusView BEGUN = new StatusView(CI, null, null, SigningStatus.IN_PROGRESS);

    @TempDir
    Path folder;

    @AutoClose
    private SignedWorld signed;

    @BeforeEach
    void open() throws Exception {
        signed = new SignedWorld(folder);
    }

    private World world() {
        return signed.world;
    }

    @Test
    void a_push_is_signed_by_each_profile_whose_rule_is_for_it() {
        signed.configure(rule(CI), rule(QA, "a*"), rule(PREFIX + "no", "other"), rule(CI, "app"));
        var image = signed.push("one", "v1");
        var begun = new StatusView(QA, null, null, SigningStatus.IN_PROGRESS);
        assertThat(signed.statuses(image)).containsExactly(BEGUN, begun);
        assertThat(signed.signatures(APP, image)).isEmpty();

        signed.sign();

        assertThat(signed.statuses(image))
                .containsExactly(COMPLETE, new StatusView(QA, null, null, SigningStatus.COMPLETE));
        assertThat(signed.signatures(APP, image)).hasSize(2);
    }

    @Test
    void signatures_are_not_signed_and_nothing_is_signed_twice() {
        signed.configure(rule(CI));
        var image = signed.push("one", "v1");
        signed.sign();
        var signature = signed.signatures(APP, image).getFirst();

        signed.sign();
        signed.images.put(APP, image("one"), "v1");
        signed.images.put(APP, image("one"), "v2");
        signed.sign();

        assertThat(signed.signatures(APP, image)).containsExactly(signature);
        assertThat(signed.signatures(APP, signature)).isEmpty();
        assertThat(signed.statuses(signature)).isEmpty();
        assertThat(signed.statuses(image)).containsExactly(COMPLETE);
    }

    @Test
    void a_signature_is_an_image_like_others_that_somebody_pushed() {
        signed.configure(rule(CI));
        world().changes.clear();
        signed.push("one", "v1");
        signed.sign();
        assertThat(world().changes)
                .extracting(ImageChange::kind, change -> change.principal())
                .containsOnly(Tuple.tuple(
                        ImageChange.Kind.PUSH, world().root.principal().arn()))
                .hasSize(2);
    }

    @Test
    void lists_are_signed_and_what_they_name() {
        signed.configure(rule(CI));
        var child = signed.push("one", "v1");
        var list = signed.images.put(APP, Images.index(image("one")), "all");
        signed.sign();
        assertThat(signed.signatures(APP, child)).hasSize(1);
        assertThat(signed.signatures(APP, list)).hasSize(1);
    }

    @Test
    void the_rules_of_the_push_count_and_not_those_of_later() {
        var before = signed.push("before", "v0");
        signed.configure(rule(CI));
        var during = signed.push("during", "v1");
        world().call(world().the(DeleteSigningConfiguration.class), new DeleteSigningConfiguration.Input());
        var after = signed.push("after", "v2");
        signed.sign();
        assertThat(signed.statuses(before)).isEmpty();
        assertThat(signed.statuses(during)).containsExactly(COMPLETE);
        assertThat(signed.statuses(after)).isEmpty();
    }

    @Test
    void a_new_tag_has_an_image_signed_that_was_there_before_the_rules() {
        var image = signed.push("one", "v1");
        signed.configure(rule(CI));
        signed.push("one", "v2");
        signed.sign();
        assertThat(signed.statuses(image)).containsExactly(COMPLETE);
    }

    @Test
    void a_signature_that_was_deleted_is_made_again_by_the_next_push() {
        signed.configure(rule(CI));
        var image = signed.push("one", "v1");
        signed.sign();
        signed.images.delete(
                Law.ECR, APP, byDigest(signed.signatures(APP, image).getFirst()));
        signed.sign();
        assertThat(signed.signatures(APP, image)).isEmpty();

        signed.push("one", "v2");
        signed.sign();
        assertThat(signed.signatures(APP, image)).hasSize(1);
    }

    @Test
    void immutable_repositories_and_encrypted_ones_have_their_signatures_too() {
        signed.configure(rule(CI), rule(QA));
        world().createEncrypted(OTHER);
        Images.into(world(), OTHER);
        var sealed = signed.images.put(OTHER, image("one"), "v1");
        var fixed = new RepositoryName("fixed");
        world().create(fixed, Mode.IMMUTABLE);
        Images.into(world(), fixed);
        var image = signed.images.put(fixed, image("two"), "v1");
        signed.sign();
        assertThat(signed.signatures(OTHER, sealed)).hasSize(2);
        assertThat(signed.signatures(fixed, image)).hasSize(2);
    }

    @Test
    void without_the_repositorys_key_it_is_tried_again_for_a_while() {
        signed.configure(rule(CI));
        var key = world().createEncrypted(OTHER);
        Images.into(world(), OTHER);
        var image = signed.images.put(OTHER, image("one"), "v1");
        var late = signed.images.put(OTHER, image("two"), "v2");
        world().keys.disable(key);
        world().clock.move(World.KEYS_REMEMBERED.plusSeconds(1));
        signed.sign();
        assertThat(signed.statuses(OTHER, image)).containsExactly(BEGUN);

        world().keys.enable(key);
        world().clock.move(Duration.ofSeconds(1));
        signed.sign();
        assertThat(signed.statuses(OTHER, image)).containsExactly(COMPLETE);
        assertThat(signed.signatures(OTHER, late)).hasSize(1);
    }

    @Test
    void what_is_refused_again_and_again_fails_in_words() throws Exception {
        signed.close();
        var ecr = Limits.ECR;
        var few = new Limits(
                new Limits.OfRegistry(
                        ecr.registry().repositories(), 1, ecr.registry().tagsPerResource()),
                ecr.image(),
                ecr.layer(),
                ecr.principal(),
                ecr.manifestBytes());
        signed = new SignedWorld(folder, World.withApp(few));
        signed.configure(rule(CI));
        var image = signed.push("one", "v1");
        signed.sign();
        assertThat(signed.statuses(image)).containsExactly(BEGUN);
        for (int i = 0; i < 10; i++) {
            world().clock.move(Duration.ofMinutes(5));
            signed.sign();
        }
        assertThat(signed.failed(image).failureCode()).isEqualTo("LimitExceededException");
        assertThat(signed.failed(image).failureReason()).contains("maximum allowed number of images");
    }

    @Test
    void of_an_image_that_is_deleted_before_nothing_is_signed() {
        signed.configure(rule(CI));
        var image = signed.push("one", "v1");
        signed.images.delete(Law.ECR, APP, byTag("v1"));
        signed.sign();
        assertThat(signed.signatures(APP, image)).isEmpty();
        assertThat(world().metadata.<Integer>read(tx -> tx.signings().pushes(9).size()))
                .isZero();
    }

    @Test
    void what_came_from_another_registry_is_not_signed() {
        signed.configure(rule(CI));
        var replicating = world().root.replicating(new RegistryId(World.STRANGER, "eu-west-1"));
        var replicated = signed.push(replicating, image("one"), "v1");
        var input = new PutImage.Input(null, APP, image("two"), null, new Tag("v2"), null);
        var brought = signed.images
                .put
                .bring(world().root, world().repository(APP), input)
                .image()
                .imageId()
                .imageDigest();
        signed.sign();
        assertThat(signed.statuses(replicated)).isEmpty();
        assertThat(signed.statuses(brought)).isEmpty();
    }

    private Push pushed() {
        return world().metadata.<List<Push>>read(tx -> tx.signings().pushes(1)).getFirst();
    }

    private Made madeBefore(Push push) {
        var profile = new SigningProfileArn(CI);
        var app = world().repository(APP);
        var image = world().metadata
                .read(tx -> tx.images().find(app, push.digest()))
                .orElseThrow();
        var target = new Descriptor(image.mediaType().value(), image.digest(), image.manifestSize(), false);
        var key = Objects.requireNonNull(signed.means.profiles().get(profile)).key();
        var made = SignatureImage.make(key, Format.JWS, target, world().clock.instant());
        return new Made(made.manifest(), made.envelope());
    }

    /// As a node leaves it that dies between the two.
    private void leave(Push push, Made made) {
        var cover = world().vault.cover(world().repository(APP));
        world().metadata.transact(tx -> {
            tx.signings().request(push, new SigningProfileArn(CI), world().clock.instant());
            tx.signings().settle(push);
            return push;
        });
        var signing = world().metadata
                .<List<Signing>>read(tx ->
                        tx.signings().due(world().clock.instant(), world().clock.instant(), 1))
                .getFirst();
        world().metadata.transact(tx -> {
            tx.signings().keep(signing, made, cover);
            return push;
        });
    }

    @Test
    void whoever_goes_on_with_a_signature_that_was_made_stores_that_one_and_no_other() {
        signed.configure(rule(CI));
        var image = signed.push("one", "v1");
        var push = pushed();
        var made = madeBefore(push);
        leave(push, made);
        signed.sign();
        var signature = made.manifest().digest(Digest.Algorithm.SHA256);
        assertThat(signed.signatures(APP, image)).containsExactly(signature);

        leave(push, made);
        signed.sign();
        assertThat(signed.signatures(APP, image)).containsExactly(signature);
        assertThat(signed.statuses(image)).containsExactly(COMPLETE);
    }

    /// As a node leaves it that dies before it says so.
    @Test
    void what_is_stored_is_complete_though_nothing_can_be_signed_any_more() {
        signed.configure(rule(CI));
        var image = signed.push("one", "v1");
        var push = pushed();
        var made = madeBefore(push);
        leave(push, made);
        signed.sign();
        leave(push, made);
        world().clock.move(Duration.ofDays(400));
        signed.sign();
        assertThat(signed.statuses(image)).containsExactly(COMPLETE);
        assertThat(signed.signatures(APP, image))
                .containsExactly(made.manifest().digest(Digest.Algorithm.SHA256));
    }

    @Test
    void what_nobody_reckons_with_is_a_failure_and_puts_it_off() {
        signed.configure(rule(CI));
        var images = IntStream.range(0, 20)
                .mapToObj(i -> signed.push("" + i, "v" + i))
                .toList();
        var queue = world().told;
        world().told = (_, _) -> {
            throw new AssertionError("nobody reckons with it");
        };
        assertThat(signed.sign().count()).isEqualTo(images.size());
        assertThat(signed.sign().count()).isZero();
        assertThat(images)
                .allSatisfy(image -> assertThat(signed.statuses(image)).containsExactly(BEGUN));

        world().told = queue;
        world().clock.move(Duration.ofSeconds(1));
        signed.sign();
        assertThat(images)
                .allSatisfy(image -> assertThat(signed.statuses(image)).containsExactly(COMPLETE));
    }
}
