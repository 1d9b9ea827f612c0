package entrepot.operation.repository;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.ID;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.STRANGER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.domain.RepositoryName;
import entrepot.domain.UserName;
import entrepot.operation.World;
import entrepot.store.ForwardedMetadata;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SetRepositoryPolicy, GetRepositoryPolicy and DeleteRepositoryPolicy.
class RepositoryPolicyTest {

    private static final String EVERYTHING =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"*\"}}";
    private static final String LAID_OUT = """
            {
              "Version" : "2012-10-17",
              "Statement" : [ {
                "Effect" : "Allow",
                "Principal" : "*",
                "Action" : [ "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer" ]
              } ]
            }""";
    private static final String LOCKED_OUT =
            invalid("The policy would not let you set another one; use force to set it anyway");

    @AutoClose
    private final World world = World.withApp();

    @Test
    void a_policy_comes_back_as_ecr_lays_it_out() {
        var sent = LAID_OUT.replace("\n", " ").replace(" ", "");

        assertThat(set(world.root, APP, sent, null))
                .isEqualTo(new SetRepositoryPolicy.Output(ID.account(), APP, LAID_OUT));
        assertThat(policy()).isEqualTo(LAID_OUT);
    }

    @Test
    void a_deleted_policy_is_answered_once_more_and_gone() {
        set(world.root, APP, LAID_OUT, null);

        assertThat(delete(APP)).isEqualTo(new DeleteRepositoryPolicy.Output(ID.account(), APP, LAID_OUT));

        var gone = "RepositoryPolicyNotFoundException: Repository policy does not exist for the repository with name"
                + " 'app' in the registry with id '123456789012'";
        assertThat(refusal(this::policy)).isEqualTo(gone);
        assertThat(refusal(() -> delete(APP))).isEqualTo(gone);
    }

    @Test
    void a_repository_made_anew_has_no_policy() {
        set(world.root, APP, LAID_OUT, null);
        world.delete(APP);
        world.create(APP);

        assertThat(refusal(this::policy)).startsWith("RepositoryPolicyNotFoundException: ");
    }

    @Test
    void an_absent_repository_has_no_policy_and_gets_none() {
        assertThat(refusal(() -> set(world.root, OTHER, LAID_OUT, null))).isEqualTo(World.absent(OTHER));
        assertThat(refusal(() -> delete(OTHER))).isEqualTo(World.absent(OTHER));
        assertThat(refusal(() -> world.call(
                        new GetRepositoryPolicy(world.metadata), new GetRepositoryPolicy.Input(null, OTHER))))
                .isEqualTo(World.absent(OTHER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"Statement\":[]}",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecr:*\"}]}",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\"}]}",
                "{\"Statement\":[{\"Effect\":\"Perhaps\",\"Principal\":\"*\",\"Action\":\"ecr:*\"}]}",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"nobody\"},\"Action\":\"ecr:*\"}]}",
                "{\"Version\":\"2020-01-01\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:*\"}]}"
            })
    void what_is_no_policy_is_refused_in_ecrs_words(String text) {
        assertThat(refusal(() -> set(world.root, APP, text, null)))
                .isEqualTo(invalid("Invalid repository policy provided"));
        assertThat(refusal(this::policy)).startsWith("RepositoryPolicyNotFoundException: ");
    }

    @Test
    void users_of_accounts_that_are_hosted_here_must_exist() {
        world.user(ID.account(), "ann");

        assertThat(set(world.root, APP, grant("arn:aws:iam::123456789012:user/ann"), null)
                        .policyText())
                .contains("user/ann");
        for (var missing : new String[] {"user/bob", "user/team/ann", "role/ann"}) {
            assertThat(refusal(() -> set(world.root, APP, grant("arn:aws:iam::123456789012:" + missing), null)))
                    .isEqualTo(invalid("Principal not found"));
        }
        assertThat(policy()).contains("user/ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::999999999999:user/bob",
                "arn:aws:iam::999999999999:role/build",
                "arn:aws:iam::999999999999:root",
                "arn:aws:iam::123456789012:root",
                "999999999999"
            })
    void accounts_and_principals_of_other_accounts_are_taken_as_written(String principal) {
        assertThat(set(world.root, APP, grant(principal), null).policyText()).contains("\"" + principal + "\"");
    }

    @Test
    void a_service_is_taken_as_written() {
        var text = grant("x").replace("\"AWS\":\"x\"", "\"Service\":\"codebuild.amazonaws.com\"");

        assertThat(set(world.root, APP, text, null).policyText()).contains("codebuild.amazonaws.com");
    }

    @Test
    void who_would_lock_themselves_out_has_to_insist() {
        var ann = world.user(ID.account(), "ann", EVERYTHING);
        var lock = "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"ecr:SetRepositoryPolicy\"}]}";

        assertThat(refusal(() -> set(ann, APP, lock, null))).isEqualTo(LOCKED_OUT);
        assertThat(refusal(() -> set(ann, APP, lock, false))).isEqualTo(LOCKED_OUT);
        set(ann, APP, lock, true);

        assertThat(refusal(() -> set(ann, APP, grant("999999999999"), true)))
                .isEqualTo("AccessDeniedException: User: arn:aws:iam::123456789012:user/ann is not authorized to"
                        + " perform: ecr:SetRepositoryPolicy on resource:"
                        + " arn:aws:ecr:eu-west-1:123456789012:repository/app with an explicit deny in a"
                        + " resource-based policy");
    }

    /// What ann may by her own policy is taken from her when the call has been let in and nothing is stored yet.
    @Test
    void whether_somebody_locks_themselves_out_is_seen_when_it_is_stored() {
        var ann = world.user(ID.account(), "ann", EVERYTHING);
        var metadata = new Meanwhile(world.metadata, tx -> {
            var user = tx.users().find(ID.account(), new UserName("ann")).orElseThrow();
            tx.users().deletePolicy(user, "p0");
            return user;
        });

        assertThat(refusal(() -> world.call(
                        ann,
                        new SetRepositoryPolicy(metadata, world.clock),
                        new SetRepositoryPolicy.Input(ID.account(), APP, grant("999999999999"), null))))
                .isEqualTo(LOCKED_OUT);
        assertThat(refusal(this::policy)).startsWith("RepositoryPolicyNotFoundException: ");
    }

    /// A store to which something happens before each transaction.
    private static final class Meanwhile extends ForwardedMetadata {

        private final Function<Transaction, ?> before;

        Meanwhile(MetadataStore store, Function<Transaction, ?> before) {
            super(store);
            this.before = before;
        }

        @Override
        public <T> T transact(Function<Transaction, T> work) {
            super.<Object>transact(before::apply);
            return super.transact(work);
        }
    }

    @Test
    void a_user_is_stored_by_its_id_and_answered_by_its_arn() {
        var ann = world.user(ID.account(), "ann").principal();
        var arn = grant("arn:aws:iam::123456789012:user/ann");
        set(world.root, APP, arn, null);

        var app = world.repository(APP);
        var stored = world.metadata.read(
                tx -> tx.resourcePolicies().ofRepository(app).orElseThrow());
        assertThat(stored).contains("\"" + ann.id() + "\"").doesNotContain("user/ann");
        assertThat(policy()).contains("\"arn:aws:iam::123456789012:user/ann\"").doesNotContain("AIDA");
        assertThat(delete(APP).policyText()).contains("\"arn:aws:iam::123456789012:user/ann\"");
        assertThat(set(world.root, APP, grant(ann.id()), null).policyText()).contains(ann.id());
        assertThat(refusal(() -> set(world.root, APP, grant("AIDAGONEAAAAAAAAAAAAA"), null)))
                .isEqualTo(invalid("Principal not found"));
    }

    @Test
    void another_accounts_user_who_gives_their_grant_away_has_to_insist() {
        var bob = world.user(STRANGER, "bob", EVERYTHING);
        set(world.root, APP, grant("arn:aws:iam::999999999999:user/bob"), null);

        assertThat(refusal(() -> set(bob, APP, grant("111111111111"), null))).isEqualTo(LOCKED_OUT);
        assertThat(set(bob, APP, grant("999999999999"), null).registryId()).isEqualTo(ID.account());
    }

    @Test
    void the_accounts_root_is_never_locked_out() {
        var lock = "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"ecr:*\"}]}";
        set(world.root, APP, lock, null);

        assertThat(policy()).contains("Deny");
        set(world.root, APP, lock, null);
        assertThat(delete(APP).policyText()).contains("Deny");
    }

    private SetRepositoryPolicy.Output set(Caller caller, RepositoryName name, String text, @Nullable Boolean force) {
        return world.call(
                caller,
                new SetRepositoryPolicy(world.metadata, world.clock),
                new SetRepositoryPolicy.Input(ID.account(), name, text, force));
    }

    private String policy() {
        return world.call(new GetRepositoryPolicy(world.metadata), new GetRepositoryPolicy.Input(null, APP))
                .policyText();
    }

    private DeleteRepositoryPolicy.Output delete(RepositoryName name) {
        return world.call(new DeleteRepositoryPolicy(world.metadata), new DeleteRepositoryPolicy.Input(null, name));
    }

    private static String grant(String principal) {
        return "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"%s\"},\"Action\":\"ecr:*\"}]}"
                .formatted(principal);
    }

    private static String invalid(String constraint) {
        return "InvalidParameterException: Invalid parameter at 'PolicyText' failed to satisfy constraint: '%s'"
                .formatted(constraint);
    }
}
