package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.ListedTags;
import entrepot.auth.Permission;
import entrepot.auth.Principal;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What policies would allow whose texts are sent. Source: IAM API, SimulateCustomPolicy; see
/// [SimulatePrincipalPolicy]. Permissions boundaries and policies of organizations are refused.
record SimulateCustomPolicy(MetadataStore metadata, InstantSource clock)
        implements Operation<SimulateCustomPolicy.Input, SimulateCustomPolicy.Output> {

    /// Who asks where nobody is named: somebody whose policies have a say.
    private static final String SOMEBODY = "simulated";

    public record Input(
            List<String> policyInputList,
            @Nullable List<String> permissionsBoundaryPolicyInputList,
            @Nullable List<OrganizationPolicies> orderedOrganizationPolicyInputList,
            List<String> actionNames,
            @Nullable List<String> resourceArns,
            @Nullable String resourcePolicy,
            @Nullable String resourceOwner,
            @Nullable Arn callerArn,
            @Nullable List<Trial.ContextEntry> contextEntries,
            @Nullable String resourceHandlingOption,
            @Nullable Integer maxItems,
            @Nullable String marker) {}

    /// Policies of a part of an organization.
    public record OrganizationPolicies(@Nullable List<String> serviceControlPolicyInputList) {}

    public record Output(
            List<EvaluationResult> evaluationResults,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(new Permission(Needs.account(caller), "iam:" + name(), Arn.ANY));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        Trial.require(
                Trial.isNothing(input.permissionsBoundaryPolicyInputList()), "permissions boundaries of principals");
        Trial.require(Trial.isNothing(input.orderedOrganizationPolicyInputList()), "organizations");
        if (input.resourcePolicy() != null && input.callerArn() == null) {
            throw Refusals.input("CallerArn is needed beside ResourcePolicy.");
        }
        var trial = Trial.of(input.actionNames(), input.resourceArns(), input.resourceOwner(), input.contextEntries());
        var identity = Trial.sent(input.policyInputList());
        var paging = MarkedPage.of("simulated", input.maxItems(), input.marker());
        var results = metadata.read(tx -> {
            var policies = new TriedPolicies(identity, trial.ofResource(tx, input.resourcePolicy()));
            return trial.page(tx, clock.instant(), caller, as(tx, caller, input.callerArn()), policies, paging);
        });
        return new Output(results.evaluationResults(), results.isTruncated(), results.marker());
    }

    private Principal as(Transaction tx, Caller caller, @Nullable Arn arn) {
        return arn == null
                ? somebody(caller)
                : tx.users()
                        .find(arn)
                        .filter(user -> user.account().equals(Needs.account(caller)))
                        .map(user ->
                                Principal.ofUser(user, new ListedTags(tx, clock.instant(), caller).of(arn), SOMEBODY))
                        .orElseThrow(() -> Refusals.input("CallerArn %s is no user's.".formatted(arn)));
    }

    private static Principal somebody(Caller caller) {
        var user = new User(SOMEBODY, Needs.account(caller), "/", new UserName(SOMEBODY), Instant.EPOCH);
        return Principal.ofUser(user, List.of(), SOMEBODY);
    }
}
