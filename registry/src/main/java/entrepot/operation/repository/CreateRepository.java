package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import entrepot.operation.repository.RepositoryView.ExclusionFilter;
import entrepot.operation.repository.RepositoryView.ScanningConfiguration;
import entrepot.store.MetadataStore;
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
    private final InstantSource clock;
    private final Limits limits;

    CreateRepository(MetadataStore metadata, InstantSource clock, Limits limits) {
        this.metadata = metadata;
        this.clock = clock;
        this.limits = limits;
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
        refuseEncryptionByKey(input.encryptionConfiguration());
        var registry = caller.registry(input.registryId());
        var repository = metadata.transact(tx -> {
            refuseIfTaken(tx, registry, input.repositoryName());
            var created = tx.repositories()
                    .create(registry, input.repositoryName(), mutability, input.scansOnPush(), clock.instant());
            tx.repositories().putTags(created, input.tagList());
            return created;
        });
        return new Output(RepositoryView.of(repository, caller));
    }

    /// No key service exists yet, and a repository must never be less encrypted than it was asked to be.
    private static void refuseEncryptionByKey(@Nullable EncryptionConfiguration encryption) {
        if (encryption == null) {
            return;
        }
        if (!encryption.encryptionType().equals("AES256")) {
            throw new RegistryException(
                    new JsonAloneError.Kms("No key service is configured, so encryption of type %s is not available"
                            .formatted(encryption.encryptionType())));
        }
        if (encryption.kmsKey() != null) {
            throw new RegistryException(new JsonAloneError.InvalidParameter(
                    "encryptionConfiguration", "kmsKey must not be given with encryptionType AES256"));
        }
    }

    private void refuseIfTaken(Transaction tx, RegistryId registry, RepositoryName name) {
        if (tx.repositories().find(registry, name).isPresent()) {
            throw new RegistryException(new JsonAloneError.RepositoryAlreadyExists(registry, name));
        }
        if (tx.repositories().count(registry) >= limits.registry().repositories()) {
            throw new RegistryException(new RepositoryError.LimitExceeded(
                    "The registry with id '%s' already has the maximum allowed number of repositories which is '%d'"
                            .formatted(registry.account(), limits.registry().repositories())));
        }
    }
}
