package entrepot.operation.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.lifecycle.LifecyclePolicy;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.LifecyclePreviews.State;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Begins to find out what a policy would do to a repository: the one that is given, else the one that it has. A job
/// does the work. Source: ECR API, StartLifecyclePolicyPreview.
public final class StartLifecyclePolicyPreview
        implements Operation<StartLifecyclePolicyPreview.Input, StartLifecyclePolicyPreview.Output> {

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            @Nullable String lifecyclePolicyText) {}

    public record Output(
            AccountId registryId, RepositoryName repositoryName, String lifecyclePolicyText, State status) {}

    private final MetadataStore metadata;
    private final InstantSource clock;

    StartLifecyclePolicyPreview(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        if (input.lifecyclePolicyText() != null) {
            LifecyclePolicy.parse(input.lifecyclePolicyText());
        }
        var preview = metadata.transact(tx -> {
            var repository = RepositoryLookup.require(tx, registry, input.repositoryName());
            refuseSecond(tx, repository);
            var text = input.lifecyclePolicyText() == null
                    ? StoredPolicies.require(tx, repository).document()
                    : input.lifecyclePolicyText();
            return tx.lifecyclePreviews().start(repository, text, clock.instant());
        });
        return new Output(registry.account(), input.repositoryName(), preview.document(), preview.state());
    }

    private void refuseSecond(Transaction tx, Repository repository) {
        var found = tx.lifecyclePreviews().find(repository);
        if (found.isPresent() && PreviewAge.state(found.get(), clock.instant()) == State.IN_PROGRESS) {
            throw new RegistryException(
                    new JsonAloneError.LifecyclePolicyPreviewInProgress(repository.registry(), repository.name()));
        }
    }
}
