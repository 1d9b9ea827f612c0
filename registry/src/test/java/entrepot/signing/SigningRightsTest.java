package entrepot.signing;

import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.signing.SignedWorld.CI;
import static entrepot.signing.SignedWorld.PREFIX;
import static entrepot.signing.SignedWorld.QA;
import static entrepot.signing.SignedWorld.rule;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.auth.Principal;
import entrepot.domain.RegistryId;
import entrepot.domain.SigningStatus;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.repository.CreateRepository;
import entrepot.operation.signing.DescribeImageSigningStatus.StatusView;
import entrepot.operation.signing.PutSigningConfiguration;
import entrepot.operation.signing.SigningConfigurationView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whose pushes are signed, and by what.
@Timeout(120)
class SigningRightsTest {
    private static final StatusView BEGUN = new StatusView(CI, null, null, SigningStatus.IN_PROGRESS);
    private static final StatusView COMPLETE = new StatusView(CI, null, null, SigningStatus.COMPLETE);
    private static final String PUSHES = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}%s]}""";
    private static final String SIGNS =
            ",{\"Effect\":\"Allow\",\"Action\":\"signer:SignPayload\",\"Resource\":\"" + CI + "\"%s}";

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
    void whoever_pushes_needs_the_right_to_sign_and_may_get_it_later() {
        signed.configure(rule(CI));
        var ann = world().user(World.ID.account(), "ann", PUSHES.formatted(""));
        var image = signed.push(ann, image("one"), "v1");
        signed.sign();
        assertThat(signed.failed(image))
                .isEqualTo(new StatusView(
                        CI,
                        "AccessDeniedException",
                        "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: signer:SignPayload on resource: "
                                + CI + " because no identity-based policy allows the signer:SignPayload action",
                        SigningStatus.FAILED));

        var bob = world().user(World.ID.account(), "bob", PUSHES.formatted(SIGNS.formatted("")));
        signed.push(bob, image("one"), "v2");
        assertThat(signed.statuses(image)).containsExactly(BEGUN);
        signed.sign();
        assertThat(signed.statuses(image)).containsExactly(COMPLETE);
    }

    @Test
    void who_pushes_while_it_is_signed_for_another_has_it_signed_if_that_fails() {
        signed.configure(rule(CI));
        var ann = world().user(World.ID.account(), "ann", PUSHES.formatted(""));
        var bob = world().user(World.ID.account(), "bob", PUSHES.formatted(SIGNS.formatted("")));
        var image = signed.push(ann, image("one"), "v1");
        signed.push(bob, image("one"), "v2");
        signed.sign();
        assertThat(signed.signatures(APP, image)).isEmpty();
        assertThat(signed.statuses(image)).containsExactly(BEGUN);

        signed.sign();
        assertThat(signed.statuses(image)).containsExactly(COMPLETE);
        assertThat(signed.signatures(APP, image)).hasSize(1);
    }

    /// The conditions of their policies are about their push.
    @Test
    void whoever_pushes_signs_from_where_they_pushed() {
        signed.configure(rule(CI));
        var here = ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"%s\"}}";
        var ann = world().user(
                        World.ID.account(), "ann", PUSHES.formatted(SIGNS.formatted(here.formatted("127.0.0.1/32"))));
        var bob = world().user(
                        World.ID.account(), "bob", PUSHES.formatted(SIGNS.formatted(here.formatted("10.0.0.0/8"))));
        var good = signed.push(ann, image("good"), "v1");
        var bad = signed.push(bob, image("bad"), "v2");
        signed.sign();
        assertThat(signed.statuses(good)).containsExactly(COMPLETE);
        assertThat(signed.failed(bad).failureCode()).isEqualTo("AccessDeniedException");
    }

    @Test
    void whoever_pushes_needs_the_right_to_push_the_signature_too() {
        signed.configure(rule(CI));
        var puts = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecr:PutImage"],"Resource":"*"}%s]}""".formatted(SIGNS.formatted(""));
        var image = signed.push(world().user(World.ID.account(), "ann", puts), image("one"), "v1");
        signed.sign();
        assertThat(signed.failed(image).failureReason()).contains("ecr:InitiateLayerUpload");
    }

    @Test
    void of_a_user_that_has_gone_nothing_is_signed() {
        signed.configure(rule(CI));
        var ann = world().user(World.ID.account(), "ann", PUSHES.formatted(SIGNS.formatted("")));
        var image = signed.push(ann, image("one"), "v1");
        world().metadata.transact(tx -> {
            var user = Objects.requireNonNull(ann.principal().user());
            tx.users().deletePolicy(user, "p0");
            tx.users().delete(user);
            return user;
        });
        signed.sign();
        assertThat(signed.failed(image).failureReason()).isEqualTo("The user that pushed is not there any more");
    }

    @Test
    void a_profile_that_the_server_has_no_key_of_signs_nothing() {
        signed.configure(rule(PREFIX + "unknown"));
        var image = signed.push("one", "v1");
        signed.sign();
        assertThat(signed.failed(image).failureCode()).isEqualTo("ResourceNotFoundException");
        assertThat(signed.failed(image).failureReason())
                .isEqualTo("This server cannot sign by the profile " + PREFIX + "unknown");
    }

    @Test
    void a_key_whose_certificate_has_expired_signs_nothing() {
        signed.configure(rule(CI));
        world().clock.move(Duration.ofDays(400));
        var image = signed.push("one", "v1");
        signed.sign();
        assertThat(signed.failed(image).failureCode()).isEqualTo("ValidationException");
        assertThat(signed.failed(image).failureReason()).contains("expired");
    }

    @Test
    void another_accounts_profile_signs_where_whoever_configures_it_says_so() {
        var there = new RegistryId(World.STRANGER, World.ID.region());
        var root = new Caller(
                Principal.ofRoot(World.STRANGER, "AKIAAAAAAAAAAAAAAAAA"),
                there,
                world().root.address(),
                World.ORIGIN);
        var rules = new PutSigningConfiguration.Input(new SigningConfigurationView(List.of(rule(CI), rule(QA))));
        world().call(
                        root,
                        world().the(CreateRepository.class),
                        new CreateRepository.Input(null, APP, null, null, null, null, null));
        world().call(root, world().the(PutSigningConfiguration.class), rules);
        var image = signed.push(root, Images.index(), "v1");
        signed.sign();

        var statuses = signed.statuses(root, APP, image);
        assertThat(statuses.getFirst().failureCode()).isEqualTo("AccessDeniedException");
        assertThat(statuses.getLast().status()).isEqualTo(SigningStatus.COMPLETE);
    }
}
