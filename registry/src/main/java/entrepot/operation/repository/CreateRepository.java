package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import entrepot.operation.Decisions;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import entrepot.operation.repository.RepositoryView.ExclusionFilter;
import entrepot.operation.repository.RepositoryView.ScanningConfiguration;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import entrepot.store.NewRepository;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes an empty repository. Source: ECR API, CreateRepository.
public final class CreateRepository implements Operation<CreateRepository.Input, CreateRepository.Output> {

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            @Nullable List<ResourceTag> tags,
            TagMutability.@Nullable Mode imageTagMutability,
            @Nullable List<ExclusionFilter> imageTagMutabilityExclusionFilters,
            @Nullable ScanningConfiguration imageScanningConfiguration,
            @Nullable EncryptionConfiguration encryptionConfiguration) {

        List<ResourceTag> tagList() {
            return tags == null ? List.of() : tags;
        }

        boolean scansOnPush() {
            return imageScanningConfiguration != null && imageScanningConfiguration.isOn();
        }
    }

    public record Output(RepositoryView repository) {}

    private final MetadataStore metadata;
    private final Vault vault;
    private final Decisions decisions;
    private final Limits limits;
    private final RepositoryMaker maker;

    CreateRepository(MetadataStore metadata, Vault vault, Decisions decisions, InstantSource clock, Limits limits) {
        this.metadata = metadata;
        this.vault = vault;
        this.decisions = decisions;
        this.limits = limits;
        this.maker = new RepositoryMaker(vault, clock, limits);
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var registry = caller.registry(input.registryId());
        var tags = ResourceTags.given(input.tagList(), limits);
        var needs = new ArrayList<Permission>();
        needs.add(Permissions.on(registry, input.repositoryName(), name()).creatingWith(tags));
        if (!tags.isEmpty()) {
            needs.add(Permissions.on(registry, input.repositoryName(), "TagResource")
                    .creatingWith(tags));
        }
        return needs;
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var mutability =
                ExclusionFilter.mutability(input.imageTagMutability(), input.imageTagMutabilityExclusionFilters());
        var registry = caller.registry(input.registryId());
        var given = new GivenKey(vault, decisions, this, caller);
        var keys = new RequestedEncryption(given, registry, input.encryptionConfiguration())
                .keys(registry.repository(input.repositoryName()));
        var wanted = new NewRepository(registry, input.repositoryName(), mutability, input.scansOnPush(), keys);
        var repository = metadata.transact(tx -> {
            refuseIfTaken(tx, registry, input.repositoryName());
            return maker.make(tx, wanted, input.tagList());
        });
        return new Output(RepositoryView.of(repository, caller));
    }

    private void refuseIfTaken(Transaction tx, RegistryId registry, RepositoryName name) {
        if (tx.repositories().find(registry, name).isPresent()) {
            throw new RegistryException(new JsonAloneError.RepositoryAlreadyExists(registry, name));
        }
    }
}
