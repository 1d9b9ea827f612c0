package entrepot.operation;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.ID;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.Caller;
import entrepot.auth.Principal;
import entrepot.auth.policy.MalformedPolicyException;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.operation.image.ListImages;
import entrepot.operation.registry.GetAccountSetting;
import entrepot.operation.registry.PutAccountSetting;
import entrepot.operation.repository.CreateRepository;
import entrepot.operation.repository.DeleteRepository;
import entrepot.operation.repository.TagResource;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What the policies that are stored do to calls. What each document means is for the evaluator's own tests.
class AccessTest {

    private static final String EVERYTHING = allow("ecr:*", "");

    @AutoClose
    private final World world = World.withApp();

    @Test
    void a_policy_that_cannot_be_read_fails_the_request_whatever_else_is_allowed() {
        var ann = world.user(ID.account(), "ann", EVERYTHING);
        var bob = world.user(ID.account(), "bob", EVERYTHING, "{");
        assertThat(list(ann).imageIds()).isEmpty();
        assertThatThrownBy(() -> list(bob)).isInstanceOf(MalformedPolicyException.class);

        ofApp("{\"Statement\":");
        assertThatThrownBy(() -> list(ann)).isInstanceOf(MalformedPolicyException.class);
        assertThatThrownBy(() -> list(world.root)).isInstanceOf(MalformedPolicyException.class);

        ofApp(grant("*"));
        ofRegistry("[]");
        assertThatThrownBy(() -> list(ann)).isInstanceOf(MalformedPolicyException.class);
    }

    @Test
    void a_store_that_does_not_answer_lets_nobody_in() {
        var ann = world.user(ID.account(), "ann", EVERYTHING);
        world.metadata.close();

        assertThatThrownBy(() -> list(ann)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void the_registrys_policy_is_about_what_its_scope_says_from_the_next_call_on() {
        var ann = world.user(ID.account(), "ann", EVERYTHING);
        ofRegistry("{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Resource\":\"*\","
                + "\"Action\":[\"ecr:ListImages\",\"ecr:CreateRepository\"]}}");
        var denied = "with an explicit deny in a resource-based policy";
        assertThat(refusal(() -> list(ann))).endsWith(denied);

        scope("V1");
        assertThat(list(ann).imageIds()).isEmpty();
        assertThat(refusal(() -> create(ann, OTHER))).endsWith(denied);

        scope("V2");
        assertThat(refusal(() -> list(ann))).endsWith(denied);
    }

    @Test
    void a_policy_can_be_about_one_setting() {
        var ann = world.user(
                ID.account(),
                "ann",
                allow("ecr:*AccountSetting", "{\"StringEquals\":{\"ecr:AccountSetting\":\"BLOB_MOUNTING\"}}"));
        var read = world.the(GetAccountSetting.class);

        assertThat(world.call(ann, read, new GetAccountSetting.Input("BLOB_MOUNTING"))
                        .value())
                .isEqualTo("ENABLED");
        assertThat(refusal(() -> world.call(ann, read, new GetAccountSetting.Input("REGISTRY_POLICY_SCOPE"))))
                .endsWith("because no identity-based policy allows the ecr:GetAccountSetting action");
        assertThat(refusal(() -> world.call(
                        ann,
                        world.the(PutAccountSetting.class),
                        new PutAccountSetting.Input("REGISTRY_POLICY_SCOPE", "V1"))))
                .endsWith("because no identity-based policy allows the ecr:PutAccountSetting action");
    }

    @Test
    void nobody_in_particular_may_do_what_is_open_to_all_and_nothing_else() {
        var nobody = new Caller(Principal.anonymous(), ID, world.root.address(), World.ORIGIN);
        assertThat(refusal(() -> list(nobody)))
                .endsWith("because no resource-based policy allows the ecr:ListImages action");

        ofApp(grant("{\"AWS\":\"123456789012\"}"));
        assertThat(refusal(() -> list(nobody)))
                .endsWith("because no resource-based policy allows the ecr:ListImages action");

        ofApp(grant("\"*\"").replace("ecr:*", "ecr:ListImages"));
        assertThat(list(nobody).imageIds()).isEmpty();
        assertThat(refusal(() -> world.call(nobody, world.the(DeleteRepository.class), deletion())))
                .endsWith("because no resource-based policy allows the ecr:DeleteRepository action");
    }

    /// AWS's own example of a policy that keeps out who comes from elsewhere, but not its services.
    @Test
    void who_comes_from_elsewhere_is_kept_out_everywhere() {
        var elsewhere =
                "{\"NotIpAddress\":{\"aws:SourceIp\":\"192.0.2.0/24\"},\"Bool\":{\"aws:ViaAWSService\":\"false\"}}";
        var deny = "{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"ecr:*\",%s\"Condition\":" + elsewhere + "}}";
        var ann = world.user(ID.account(), "ann", EVERYTHING, deny.formatted("\"Resource\":\"*\","));
        var bob = world.user(ID.account(), "bob", allow("ecr:*", elsewhere));
        var cid = world.user(ID.account(), "cid", EVERYTHING);
        assertThat(refusal(() -> list(ann))).endsWith("with an explicit deny in an identity-based policy");
        assertThat(list(bob).imageIds()).isEmpty();
        assertThat(list(cid).imageIds()).isEmpty();

        ofApp(deny.formatted("\"Principal\":\"*\","));
        assertThat(refusal(() -> list(cid))).endsWith("with an explicit deny in a resource-based policy");

        ofApp(grant("*"));
        ofRegistry(deny.formatted("\"Principal\":\"*\",\"Resource\":\"*\","));
        assertThat(refusal(() -> list(cid))).endsWith("with an explicit deny in a resource-based policy");
    }

    @Test
    void what_is_made_with_tags_has_them_already() {
        var ann =
                world.user(ID.account(), "ann", allow("ecr:*", "{\"StringEquals\":{\"aws:ResourceTag/team\":\"a\"}}"));

        assertThat(refusal(() -> create(ann, OTHER, "b"))).contains("no identity-based policy");
        create(ann, OTHER, "a");
        assertThat(world.repository(OTHER)).isNotNull();
    }

    @Test
    void tags_of_a_repository_decide_from_the_next_call_on() {
        var ann = world.user(
                ID.account(), "ann", allow("ecr:ListImages", "{\"StringEquals\":{\"ecr:ResourceTag/team\":\"a\"}}"));
        assertThat(refusal(() -> list(ann))).contains("no identity-based policy");

        tag("a");
        assertThat(list(ann).imageIds()).isEmpty();

        tag("b");
        assertThat(refusal(() -> list(ann))).contains("no identity-based policy");
    }

    @Test
    void who_may_push_may_neither_delete_nor_create() {
        var ci = world.user(
                ID.account(),
                "ci",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":[\"ecr:BatchCheckLayerAvailability\","
                        + "\"ecr:InitiateLayerUpload\",\"ecr:UploadLayerPart\",\"ecr:CompleteLayerUpload\",\"ecr:PutImage\"]}}");

        assertThat(refusal(() -> create(ci, OTHER))).contains("not authorized to perform: ecr:CreateRepository");
        assertThat(refusal(() -> world.call(ci, world.the(DeleteRepository.class), deletion())))
                .contains("not authorized to perform: ecr:DeleteRepository");
    }

    private static DeleteRepository.Input deletion() {
        return new DeleteRepository.Input(ID.account(), APP, true);
    }

    private ListImages.Output list(Caller caller) {
        return world.call(
                caller, world.the(ListImages.class), new ListImages.Input(ID.account(), APP, null, null, null));
    }

    private void create(Caller caller, RepositoryName name, String team) {
        world.call(
                caller,
                world.the(CreateRepository.class),
                new CreateRepository.Input(
                        ID.account(), name, List.of(new ResourceTag("team", team)), null, null, null, null));
    }

    private void create(Caller caller, RepositoryName name) {
        world.call(
                caller,
                world.the(CreateRepository.class),
                new CreateRepository.Input(ID.account(), name, null, null, null, null, null));
    }

    private void tag(String team) {
        world.call(
                world.the(TagResource.class),
                new TagResource.Input(
                        "arn:aws:ecr:eu-west-1:123456789012:repository/app", List.of(new ResourceTag("team", team))));
    }

    private void scope(String value) {
        world.call(world.the(PutAccountSetting.class), new PutAccountSetting.Input("REGISTRY_POLICY_SCOPE", value));
    }

    private void ofApp(String document) {
        var app = world.repository(APP);
        world.metadata.transact(tx -> {
            tx.resourcePolicies().putRepository(app, document);
            return app;
        });
    }

    private void ofRegistry(String document) {
        world.metadata.transact(tx -> {
            tx.resourcePolicies().putRegistry(ID, document);
            return ID;
        });
    }

    private static String allow(String action, String condition) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"*\"%s}}"
                .formatted(action, condition.isEmpty() ? "" : ",\"Condition\":" + condition);
    }

    private static String grant(String principal) {
        var named = principal.equals("*") ? "\"*\"" : principal;
        return "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Principal\":%s}}".formatted(named);
    }
}
