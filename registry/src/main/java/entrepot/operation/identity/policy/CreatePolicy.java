package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.NewKeys;
import entrepot.auth.Permission;
import entrepot.auth.UnknownKeys;
import entrepot.domain.CustomerPolicy;
import entrepot.domain.Law;
import entrepot.domain.ResourceTag;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Quotas;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Tags;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a managed policy of the account's own, whose version `v1` counts. Source: IAM API, CreatePolicy.
record CreatePolicy(MetadataStore metadata, NewKeys keys, InstantSource clock)
        implements Operation<CreatePolicy.Input, CreatePolicy.Output> {

    public record Input(
            String policyName,
            @Nullable String path,
            String policyDocument,
            @Nullable String description,
            @Nullable List<ResourceTag> tags) {}

    public record Output(PolicyView policy) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var arn = policy(caller, input, Instant.EPOCH).arn(caller.partition());
        return new Needs(metadata).onNew(caller, name(), "TagPolicy", arn, input.tags());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var document = Documents.requireManagedPolicy(input.policyDocument());
        var tags = Tags.checked(input.tags());
        var policy = policy(caller, input, clock.instant());
        metadata.transact(tx -> {
            requireRoom(tx, policy);
            tx.policies().create(policy, input.policyDocument());
            tx.policies().putTags(policy, tags);
            return policy;
        });
        UnknownKeys.tell(policy.arn(caller.partition()).value(), document);
        return new Output(PolicyView.of(ManagedPolicy.of(caller.partition(), policy), 0, null, tags));
    }

    private CustomerPolicy policy(Caller caller, Input input, Instant now) {
        return new CustomerPolicy(
                keys.id("ANPA"),
                Needs.account(caller),
                input.path() == null ? "/" : input.path(),
                input.policyName(),
                input.description(),
                1,
                1,
                now,
                now);
    }

    private static void requireRoom(Transaction tx, CustomerPolicy policy) {
        if (tx.policies().find(policy.account(), policy.name()).isPresent()) {
            throw Refusals.exists(
                    "A policy called %s already exists. Duplicate names are not allowed.".formatted(policy.name()));
        }
        if (tx.policies().count(policy.account()) >= Quotas.POLICIES) {
            throw Refusals.quota("PoliciesPerAccount", Quotas.POLICIES);
        }
    }
}
