package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.ListedTags;
import entrepot.auth.Permission;
import entrepot.auth.Principal;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.domain.User;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Refusals;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether a user might do something, by the policies that they have, those that are sent, and the policy of the
/// resource where that is sent. Source: IAM API, SimulatePrincipalPolicy.
///
/// What is known of the user, of the resource and of the time counts as said; nothing is of where a request comes from.
/// Permissions boundaries and exclusions are refused, since there are none here. A form for instances is of no matter.
public record SimulatePrincipalPolicy(MetadataStore metadata, InstantSource clock)
        implements Operation<SimulatePrincipalPolicy.Input, SimulatePrincipalPolicy.Output> {

    private static final Pattern USER = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):user/.{1,576}");

    /// What is asked.
    ///
    /// @param policySourceArn a user's
    /// @param policyInputList further policies of that user
    /// @param actionNames such as `ecr:PutImage`
    /// @param resourceOwner an account's number or the ARN of its root
    /// @param callerArn the user who would ask, if another one
    public record Input(
            Arn policySourceArn,
            @Nullable List<String> policyInputList,
            @Nullable List<String> permissionsBoundaryPolicyInputList,
            @Nullable List<Exclusion> policyExclusionList,
            List<String> actionNames,
            @Nullable List<String> resourceArns,
            @Nullable String resourcePolicy,
            @Nullable String resourceOwner,
            @Nullable Arn callerArn,
            @Nullable List<Trial.ContextEntry> contextEntries,
            @Nullable String resourceHandlingOption,
            @Nullable Integer maxItems,
            @Nullable String marker) {}

    /// A policy that is not to count.
    public record Exclusion(
            @Nullable String policyType,
            @Nullable String policyArn,
            @Nullable Inline inlinePolicyIdentifier) {}

    /// An inline policy.
    public record Inline(
            @Nullable String policyName,
            @Nullable String attachmentType,
            @Nullable String attachmentName) {}

    /// The answer, an entry for each action on each resource.
    public record Output(
            List<EvaluationResult> evaluationResults,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(new Permission(account(input.policySourceArn()), "iam:" + name(), input.policySourceArn()));
    }

    private static AccountId account(Arn user) {
        var parts = USER.matcher(user.value());
        if (!parts.matches()) {
            throw Refusals.input("ARN %s is not valid: it names no user.".formatted(user));
        }
        return new AccountId(parts.group(1));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        Trial.require(
                Trial.isNothing(input.permissionsBoundaryPolicyInputList()), "permissions boundaries of principals");
        Trial.require(Trial.isNothing(input.policyExclusionList()), "exclusions of policies");
        var trial = Trial.of(input.actionNames(), input.resourceArns(), input.resourceOwner(), input.contextEntries());
        var paging = MarkedPage.of("simulated", input.maxItems(), input.marker());
        var results = metadata.read(tx -> {
            var user = user(tx, input.policySourceArn());
            var as = input.callerArn() == null ? principal(tx, user) : principal(tx, caller, user, input.callerArn());
            var policies = new TriedPolicies(
                    Stream.concat(own(tx, user), Trial.sent(input.policyInputList()).stream())
                            .toList(),
                    trial.ofResource(tx, input.resourcePolicy()));
            return trial.page(tx, clock.instant(), caller, as, policies, paging);
        });
        return new Output(results.evaluationResults(), results.isTruncated(), results.marker());
    }

    private static User user(Transaction tx, Arn arn) {
        account(arn);
        return tx.users().find(arn).orElseThrow(() -> Refusals.noSuch("The user %s cannot be found.".formatted(arn)));
    }

    /// Of the same account: nobody learns here who is in another one.
    private Principal principal(Transaction tx, Caller caller, User source, Arn arn) {
        if (!account(arn).equals(source.account())) {
            throw Refusals.input("CallerArn %s is of another account.".formatted(arn));
        }
        var user = user(tx, arn);
        return user.equals(source)
                ? principal(tx, user)
                : Principal.ofUser(user, new ListedTags(tx, clock.instant(), caller).of(arn), "simulated");
    }

    private static Principal principal(Transaction tx, User user) {
        return Principal.ofUser(user, tx.users().tags(user), "simulated");
    }

    private static Stream<TriedPolicies.Source> own(Transaction tx, User user) {
        return UserPolicy.of(tx, user)
                .map(policy -> Trial.source(policy.name(), type(policy), policy.text(), PolicyKind.IDENTITY));
    }

    private static String type(UserPolicy policy) {
        if (policy.managed().isEmpty()) {
            return "user";
        }
        return policy.isOfAws() ? "aws-managed" : "user-managed";
    }
}
