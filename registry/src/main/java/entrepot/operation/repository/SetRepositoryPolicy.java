package entrepot.operation.repository;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.UnknownKeys;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.PolicyText;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says who may do what with a repository, from the next request on. A policy under which the caller could not set
/// another one is taken with `force` only. Source: ECR API, SetRepositoryPolicy; ECR user guide, "Private repository
/// policies".
public final class SetRepositoryPolicy implements Operation<SetRepositoryPolicy.Input, SetRepositoryPolicy.Output> {

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            String policyText,
            @Nullable Boolean force) {}

    public record Output(AccountId registryId, RepositoryName repositoryName, String policyText) {}

    private final MetadataStore metadata;
    private final InstantSource clock;

    SetRepositoryPolicy(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(need(caller, input));
    }

    private Permission need(Caller caller, Input input) {
        return Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var policy = PolicyText.parse(input.policyText(), PolicyKind.REPOSITORY);
        metadata.transact(tx -> {
            var repository = RepositoryLookup.require(tx, registry, input.repositoryName());
            var bound = policy.bound(tx, caller.partition());
            refuseLockOut(tx, caller, input, PolicyDocument.parse(bound, PolicyKind.REPOSITORY));
            tx.resourcePolicies().putRepository(repository, bound);
            return repository;
        });
        UnknownKeys.tell("repository " + input.repositoryName(), policy.document());
        return new Output(registry.account(), input.repositoryName(), policy.text());
    }

    /// Within the transaction, since what lets the caller set another one might change before it is stored.
    private void refuseLockOut(Transaction tx, Caller caller, Input input, PolicyDocument document) {
        if (!Boolean.TRUE.equals(input.force())
                && !Access.wouldAllow(tx, clock.instant(), caller, need(caller, input), document)) {
            throw new RegistryException(new JsonAloneError.InvalidParameter(
                    PolicyText.PARAMETER, "The policy would not let you set another one; use force to set it anyway"));
        }
    }
}
