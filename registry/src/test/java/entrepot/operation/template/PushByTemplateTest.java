package entrepot.operation.template;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.ID;
import static entrepot.operation.World.error;
import static entrepot.operation.World.refusal;
import static entrepot.operation.template.Templates.LIFECYCLE;
import static entrepot.operation.template.Templates.POLICY;
import static entrepot.operation.template.Templates.encrypted;
import static entrepot.operation.template.Templates.filters;
import static entrepot.operation.template.Templates.mutable;
import static entrepot.operation.template.Templates.onPush;
import static entrepot.operation.template.Templates.plain;
import static entrepot.operation.template.Templates.tagged;
import static entrepot.operation.template.Templates.texts;
import static entrepot.operation.template.Templates.with;
import static entrepot.operation.template.Templates.withRole;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.EveryApiError;
import entrepot.domain.GarbageRules;
import entrepot.domain.Limits;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import entrepot.domain.TagMutability.Mode;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.Means;
import entrepot.operation.Together;
import entrepot.operation.World;
import entrepot.operation.image.ImageOperations;
import entrepot.operation.image.PutImage;
import entrepot.operation.layer.InitiateLayerUpload;
import entrepot.operation.layer.MountLayer;
import entrepot.operation.lifecycle.GetLifecyclePolicy;
import entrepot.operation.repository.GetRepositoryPolicy;
import entrepot.operation.repository.TemplateUse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A push to a repository that is not there.
class PushByTemplateTest {

    private static final RepositoryName NEW = new RepositoryName("team/app");

    @AutoClose
    private World world = World.withApp();

    private Templates templates = new Templates(world);

    private void push(RepositoryName name) {
        push(world.root, name);
    }

    private void push(Caller caller, RepositoryName name) {
        world.call(caller, world.the(InitiateLayerUpload.class), new InitiateLayerUpload.Input(null, name));
    }

    private Optional<Repository> find(RepositoryName name) {
        return world.metadata.read(tx -> tx.repositories().find(ID, name));
    }

    private List<ResourceTag> tags(RepositoryName name) {
        var repository = world.repository(name);
        return world.metadata.read(tx -> tx.repositories().tags(repository));
    }

    @Test
    void without_a_template_it_fails_as_ever() {
        assertThat(refusal(() -> push(NEW))).isEqualTo(World.absent(NEW));
        assertThat(find(NEW)).isEmpty();
    }

    @Test
    void a_template_makes_it_with_all_that_it_says() {
        var input = mutable(onPush("team"), Mode.IMMUTABLE_WITH_EXCLUSION, filters("dev-*"));
        input = tagged(input, new ResourceTag("of", "team"));
        templates.create(texts(input, null, POLICY, LIFECYCLE, Templates.ROLE.value()));
        var before = world.clock.instant();

        push(NEW);

        var made = world.repository(NEW);
        assertThat(made.tagMutability())
                .isEqualTo(
                        new TagMutability(Mode.IMMUTABLE_WITH_EXCLUSION, List.of(new TagMutability.Filter("dev-*"))));
        assertThat(made.createdAt()).isEqualTo(before);
        assertThat(made.scanOnPush()).isFalse();
        assertThat(tags(NEW)).containsExactly(new ResourceTag("of", "team"));
        assertThat(world.call(world.the(GetRepositoryPolicy.class), new GetRepositoryPolicy.Input(null, NEW))
                        .policyText())
                .isEqualTo(templates.named("team").getFirst().repositoryPolicy());
        assertThat(world.call(world.the(GetLifecyclePolicy.class), new GetLifecyclePolicy.Input(null, NEW))
                        .lifecyclePolicyText())
                .isEqualTo(LIFECYCLE);
    }

    @ParameterizedTest
    @CsvSource({
        "team/app, team",
        "team/a/app, team/a",
        "team/a/b/app, team/a",
        "team, ROOT",
        "teams/app, ROOT",
        "app2, ROOT"
    })
    void the_longest_prefix_is_for_it_and_is_a_namespace(String name, String prefix) {
        for (var one : List.of("ROOT", "team", "team/a", "app")) {
            templates.create(withRole(tagged(onPush(one), new ResourceTag("by", one))));
        }
        templates.create(with(plain("team/a/b"), Occasion.REPLICATION, Occasion.PULL_THROUGH_CACHE));
        var made = new RepositoryName(name);

        push(made);

        assertThat(tags(made)).containsExactly(new ResourceTag("by", prefix));
    }

    @Test
    void a_template_for_other_occasions_makes_none_by_a_push_and_another_may_ask() {
        templates.create(mutable(with(plain("team"), Occasion.PULL_THROUGH_CACHE), Mode.IMMUTABLE, null));
        var use = TemplateUse.with(world.means);

        assertThat(refusal(() -> push(NEW))).isEqualTo(World.absent(NEW));
        assertThat(use.settings(ID, NEW, Occasion.REPLICATION)).isEmpty();
        var settings = use.settings(ID, NEW, Occasion.PULL_THROUGH_CACHE).orElseThrow();
        assertThat(use.make(ID, NEW, settings)).isEqualTo(world.repository(NEW));
        assertThat(world.repository(NEW).tagMutability().mode()).isEqualTo(Mode.IMMUTABLE);
    }

    @Test
    void whatever_a_push_begins_with_makes_it() {
        templates.create(onPush("ROOT"));
        var byManifest = new RepositoryName("by-manifest");
        var byMount = new RepositoryName("by-mount");
        var bytes = Images.LAYER;
        new Layers(world).push(APP, bytes);

        assertThat(refusal(() -> new Images(world).put(byManifest, Images.image("a"), "v1")))
                .startsWith("LayersNotFoundException: ");
        assertThat(world.call(
                                world.the(MountLayer.class),
                                new MountLayer.Input(null, byMount, Layers.sha256(bytes), APP))
                        .mounted())
                .isTrue();
        assertThat(find(byManifest)).isPresent();
        assertThat(find(byMount)).isPresent();
    }

    @Test
    void what_is_there_is_not_touched() {
        push(APP);
        templates.create(mutable(onPush("ROOT"), Mode.IMMUTABLE, null));
        var before = world.repository(APP);

        push(APP);

        assertThat(world.repository(APP)).isEqualTo(before);
    }

    @Test
    void a_repository_that_was_deleted_is_made_again() {
        templates.create(onPush("ROOT"));
        push(NEW);
        var first = world.repository(NEW);
        world.delete(NEW);

        push(NEW);

        assertThat(world.repository(NEW).id()).isNotEqualTo(first.id());
    }

    @Test
    void a_key_encrypts_it_and_is_granted_for_it() {
        var key = world.keys.create(ID);
        templates.create(withRole(encrypted(onPush("team"), "KMS", key.value())));

        var digest = new Layers(world).push(NEW, Images.LAYER);

        assertThat(world.repository(NEW).encryption()).hasToString("KMS " + key);
        assertThat(new Layers(world).bytes(NEW, digest)).isEqualTo(Images.LAYER);
        var id = key.value().substring(key.value().lastIndexOf('/') + 1);
        assertThat(world.metadata.<Integer>read(
                        tx -> tx.keyGrants().list(id, null, 9).size()))
                .isEqualTo(2);
    }

    @Test
    void none_comes_to_be_whose_key_cannot_be_used() {
        var key = world.keys.create(ID);
        templates.create(withRole(encrypted(onPush("team"), "KMS", key.value())));
        world.keys.disable(key);

        assertThat(refusal(() -> push(NEW))).isEqualTo("KmsException: " + key + " is disabled.");
        assertThat(find(NEW)).isEmpty();
    }

    /// Source: ECR user guide: without it creation fails.
    @Test
    void a_template_that_tags_or_encrypts_makes_none_without_a_role() {
        templates.create(tagged(onPush("team"), new ResourceTag("a", "b")));
        templates.create(encrypted(onPush("sealed"), "KMS", null));

        assertThat(refusal(() -> push(NEW)))
                .isEqualTo(World.absent(NEW)
                        + ", and its creation template with prefix 'team' cannot make it: one with resource tags or KMS"
                        + " needs a customRoleArn");
        assertThat(refusal(() -> push(new RepositoryName("sealed/app")))).contains("customRoleArn");
        assertThat(find(NEW)).isEmpty();
        templates.update(texts(plain("team"), null, null, null, Templates.ROLE.value()));
        push(NEW);
        assertThat(find(NEW)).isPresent();
    }

    @Test
    void it_is_made_for_whoever_may_create_it_and_that_is_enough() {
        var key = world.keys.create(ID);
        var input = withRole(encrypted(tagged(onPush("team"), new ResourceTag("a", "b")), "KMS", key.value()));
        templates.create(input);
        var pusher = user("pusher", "ecr:InitiateLayerUpload", "*");
        var other = user("other", "ecr:InitiateLayerUpload\",\"ecr:CreateRepository", "repository/other/*");
        var maker = user("maker", "ecr:InitiateLayerUpload\",\"ecr:CreateRepository", "repository/team/*");

        assertThat(error(() -> push(pusher, NEW))).isInstanceOfSatisfying(EveryApiError.AccessDenied.class, denied -> {
            assertThat(denied.action()).isEqualTo("ecr:CreateRepository");
            assertThat(denied.resource()).isEqualTo(ID.repository(NEW).value());
        });
        assertThat(error(() -> push(other, NEW))).isInstanceOf(EveryApiError.AccessDenied.class);
        assertThat(find(NEW)).isEmpty();
        push(maker, NEW);
        push(pusher, NEW);
        assertThat(tags(NEW)).containsExactly(new ResourceTag("a", "b"));
    }

    private Caller user(String name, String actions, String resource) {
        var arn = resource.equals("*") ? "*" : "arn:aws:ecr:eu-west-1:123456789012:" + resource;
        return world.user(
                ID.account(),
                name,
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[\"%s\"],\"Resource\":\"%s\"}}"
                        .formatted(actions, arn));
    }

    @Test
    void a_condition_on_tags_sees_those_of_the_template() {
        templates.create(withRole(tagged(onPush("team"), new ResourceTag("env", "prod"))));
        var dev = world.user(
                ID.account(),
                "dev",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"*\"},"
                        + "{\"Effect\":\"Deny\",\"Action\":\"ecr:CreateRepository\",\"Resource\":\"*\","
                        + "\"Condition\":{\"StringEquals\":{\"aws:RequestTag/env\":\"prod\"}}}]}");

        assertThat(error(() -> push(dev, NEW))).isInstanceOf(EveryApiError.AccessDenied.class);
        assertThat(find(NEW)).isEmpty();
    }

    @Test
    void what_it_needs_is_written_down() {
        templates.create(onPush("team"));
        world.audit.clear();

        push(NEW);

        assertThat(world.audit)
                .extracting(event ->
                        event.name() + " " + event.permissions().getFirst().action())
                .containsExactly(
                        "InitiateLayerUpload ecr:InitiateLayerUpload", "InitiateLayerUpload ecr:CreateRepository");
    }

    @Test
    void no_more_are_made_than_a_registry_may_have() {
        world.close();
        var few = new Limits(
                new Limits.OfRegistry(2, 9, 9),
                Limits.ECR.image(),
                Limits.ECR.layer(),
                Limits.ECR.principal(),
                Limits.ECR.manifestBytes());
        world = World.withApp(few);
        templates = new Templates(world);
        templates.create(onPush("ROOT"));
        push(NEW);

        assertThat(refusal(() -> push(new RepositoryName("third"))))
                .isEqualTo("LimitExceededException: The registry with id '123456789012' already has the maximum allowed"
                        + " number of repositories which is '2'");
        push(NEW);
    }

    @Test
    void the_switch_that_needs_no_template_has_the_settings_of_one_that_is_there() {
        var rules = new Means.Rules(world.limits, true, false, GarbageRules.USUAL);
        var means = new Means(world.means.kept(), world.clock, world.decisions, rules, world.means.credentials());
        var put = ImageOperations.with(means).putImage();
        templates.create(mutable(onPush("team"), Mode.IMMUTABLE, null));

        var plain = new RepositoryName("plain");
        for (var name : List.of(NEW, plain)) {
            assertThat(refusal(
                            () -> world.call(put, new PutImage.Input(null, name, Images.image("a"), null, null, null))))
                    .startsWith("LayersNotFoundException: ");
        }
        assertThat(world.repository(NEW).tagMutability().mode()).isEqualTo(Mode.IMMUTABLE);
        assertThat(world.repository(plain).tagMutability()).isEqualTo(TagMutability.MUTABLE);
    }

    @Test
    void pushes_at_once_make_one() {
        var key = world.keys.create(ID);
        templates.create(withRole(encrypted(onPush("team"), "KMS", key.value())));

        Together.call(8, i -> () -> {
            push(NEW);
            return i;
        });

        assertThat(world.metadata.<Integer>read(tx -> tx.repositories().count(ID)))
                .isEqualTo(2);
        assertThat(world.metadata.<Integer>read(
                        tx -> tx.uploads().countOpen(world.root.principal().arn(), 99)))
                .isEqualTo(8);
    }
}
