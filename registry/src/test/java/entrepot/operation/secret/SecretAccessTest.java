package entrepot.operation.secret;

import static entrepot.operation.World.ID;
import static entrepot.operation.World.STRANGER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.domain.RegistryId;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Who may do what with a secret: identities' policies, its own, and other accounts.
class SecretAccessTest {

    private static final String ABSENT = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";

    @AutoClose
    private final SecretWorld secrets = SecretWorld.create();

    private final String arn = secrets.create("app", "text");

    private static String allowing(String resource, String more) {
        return """
                {"Statement": {"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "%s"%s}}""".formatted(resource, more);
    }

    private static String ofSecret(String effect, String principal) {
        return """
                {"Statement": [{"Effect": "%s", "Principal": {"AWS": "%s"}, "Action": "secretsmanager:GetSecretValue",
                "Resource": "*"}]}""".formatted(effect, principal);
    }

    private String read(Caller caller, String id) {
        return String.valueOf(secrets.call(caller, GetSecretValue.class, new GetSecretValue.Input(id, null, null))
                .secretString());
    }

    private String denial(Caller caller, String id) {
        return refusal(() -> read(caller, id));
    }

    @Test
    void a_policy_names_a_secret_by_its_arn_however_the_call_does() {
        var prefix = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:";
        var patterns = List.of(arn, prefix + "app-??????", prefix + "ap*");
        for (var pattern : patterns) {
            var user = secrets.world().user(ID.account(), "u" + patterns.indexOf(pattern), allowing(pattern, ""));
            assertThat(read(user, "app")).isEqualTo("text");
            assertThat(read(user, arn)).isEqualTo("text");
        }
        var other = secrets.world().user(ID.account(), "other", allowing(prefix + "other-*", ""));
        assertThat(denial(other, "app"))
                .isEqualTo("AccessDeniedException: User: arn:aws:iam::123456789012:user/other is not authorized to"
                        + " perform: secretsmanager:GetSecretValue on resource: app because no identity-based policy"
                        + " allows the secretsmanager:GetSecretValue action");
        assertThat(denial(other, "other")).isEqualTo(ABSENT);
    }

    @Test
    void who_may_not_does_not_learn_whether_a_secret_is_there() {
        var user = secrets.world().user(ID.account(), "user");

        assertThat(denial(user, "app").replace("app", "none")).isEqualTo(denial(user, "none"));
    }

    @Test
    void its_own_policy_allows_and_denies() {
        var user = secrets.world().user(ID.account(), "user");
        var may = secrets.world().user(ID.account(), "may", allowing("*", ""));
        secrets.policy("app", ofSecret("Allow", "arn:aws:iam::123456789012:user/user"));
        assertThat(read(user, "app")).isEqualTo("text");

        secrets.policy("app", ofSecret("Deny", "*"));
        assertThat(denial(may, "app")).endsWith("with an explicit deny in a resource-based policy");
        assertThat(denial(secrets.world().root, "app")).endsWith("with an explicit deny in a resource-based policy");

        secrets.call(DeleteResourcePolicy.class, new DeleteResourcePolicy.Input("app", null));
        assertThat(read(may, "app")).isEqualTo("text");
        assertThat(denial(user, "app"))
                .endsWith("because no identity-based policy allows the" + " secretsmanager:GetSecretValue action");
    }

    @Test
    void another_account_needs_both_sides_and_the_arn() {
        var guest = secrets.world().user(STRANGER, "guest", allowing("*", ""));
        var stranger = secrets.world().user(STRANGER, "stranger");
        assertThat(denial(guest, arn)).contains("because no resource-based policy allows");

        secrets.policy("app", ofSecret("Allow", STRANGER.value()));

        assertThat(read(guest, arn)).isEqualTo("text");
        assertThat(denial(stranger, arn)).contains("because no identity-based policy allows");
        assertThat(denial(guest, "app")).isEqualTo(ABSENT);
    }

    @Test
    void a_secret_is_of_one_region() {
        var root = secrets.world().root;
        var elsewhere =
                new Caller(root.principal(), new RegistryId(ID.account(), "us-east-1"), root.address(), root.origin());

        assertThat(denial(elsewhere, "app")).isEqualTo(ABSENT);
        assertThat(denial(elsewhere, arn)).isEqualTo(ABSENT);
        var there = secrets.call(elsewhere, CreateSecret.class, SecretWorld.named("app", null, null));
        assertThat(there.arn()).startsWith("arn:aws:secretsmanager:us-east-1:123456789012:secret:app-");
    }

    @Test
    void a_policy_may_ask_for_tags_and_for_how_a_secret_is_deleted() {
        var byTag = secrets.world()
                .user(
                        ID.account(),
                        "tagged",
                        allowing("*", ", \"Condition\": {\"StringEquals\": {\"aws:ResourceTag/team\": \"a\"}}"));
        assertThat(denial(byTag, "app")).startsWith("AccessDeniedException: ");
        secrets.call(TagResource.class, new TagResource.Input("app", List.of(new SecretTag("team", "a"))));
        assertThat(read(byTag, "app")).isEqualTo("text");

        var careful = secrets.world()
                .user(
                        ID.account(),
                        "careful",
                        allowing(
                                "*",
                                ", \"Condition\": {\"Bool\": {\"secretsmanager:ForceDeleteWithoutRecovery\": \"false\"}}"));
        assertThat(refusal(() -> secrets.call(careful, DeleteSecret.class, new DeleteSecret.Input("app", null, true))))
                .startsWith("AccessDeniedException: ");
        secrets.call(careful, DeleteSecret.class, new DeleteSecret.Input("app", null, false));
    }

    @Test
    void tags_at_creation_need_a_right_of_their_own() {
        var user = secrets.world().user(ID.account(), "user", """
                {"Statement": {"Effect": "Allow", "Action": "secretsmanager:CreateSecret", "Resource": "*"}}""");
        var tagged = new CreateSecret.Input(
                "new", null, null, null, null, null, List.of(new SecretTag("k", "v")), null, null, null, null);

        assertThat(refusal(() -> secrets.call(user, CreateSecret.class, tagged)))
                .contains("secretsmanager:TagResource");
        assertThat(secrets.call(user, CreateSecret.class, SecretWorld.named("new", null, null))
                        .name())
                .isEqualTo("new");
    }

    @Test
    void a_policy_that_is_none_or_is_for_everyone_where_that_is_blocked_is_refused() {
        secrets.world().user(ID.account(), "ann");
        var everyone = new PutResourcePolicy.Input("app", ofSecret("Allow", "*"), null, true);

        assertThat(refusal(() -> secrets.policy("app", "{}"))).startsWith("MalformedPolicyDocumentException: ");
        assertThat(refusal(() -> secrets.policy("app", ofSecret("Allow", "arn:aws:iam::123456789012:user/none"))))
                .isEqualTo("MalformedPolicyDocumentException: This resource policy contains an unsupported principal.");
        assertThat(refusal(() -> secrets.call(PutResourcePolicy.class, everyone)))
                .startsWith("PublicPolicyException: ");
        assertThat(refusal(() -> secrets.call(GetResourcePolicy.class, new GetResourcePolicy.Input("app", "mine"))))
                .isEqualTo("InvalidParameterException: The PolicyName must be default.");
        assertThat(secrets.call(GetResourcePolicy.class, new GetResourcePolicy.Input("app", null))
                        .resourcePolicy())
                .isNull();
    }

    @Test
    void a_user_made_later_under_a_name_has_nothing_of_the_policy() {
        secrets.world().user(ID.account(), "ann");
        secrets.policy("app", ofSecret("Allow", "arn:aws:iam::123456789012:user/ann"));

        assertThat(secrets.call(GetResourcePolicy.class, new GetResourcePolicy.Input("app", null))
                        .resourcePolicy())
                .contains("user/ann");
        String stored = secrets.world()
                .metadata
                .read(tx -> tx.secrets()
                        .policy(tx.secrets().find(ID, "app").orElseThrow())
                        .orElseThrow());
        assertThat(stored).contains("AIDA").doesNotContain("user/ann");
    }
}
