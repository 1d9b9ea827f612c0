package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.AccountSetting;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.operation.Decisions;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.PushTargets;
import entrepot.operation.repository.PushTargets.PushTo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives a repository a layer that another one of the registry has, so that its bytes need not be sent again. It has
/// no JSON form; a `POST` with `mount` on `/v2` is this. No manifest need name the layer.
///
/// Source: OCI distribution specification, "Mounting a blob from another repository"; ECR user guide, "Blob mounting".
public final class MountLayer implements Operation<MountLayer.Input, MountLayer.Output> {

    /// How many of the registry's repositories are looked at for one that the caller may pull from.
    private static final int MOST_SOURCES = 100;

    /// Which layer, and where it is to be.
    ///
    /// @param from the repository that has the layer; null for any that has
    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            Digest layerDigest,
            @Nullable RepositoryName from) {}

    /// What came of it.
    ///
    /// @param mounted if not, the layer must be uploaded; why is not said, since it may not be the caller's to know
    public record Output(boolean mounted) {}

    private final PushTargets repositories;
    private final SharedLayers shared;
    private final Decisions decisions;

    MountLayer(PushTargets repositories, SharedLayers shared, Decisions decisions) {
        this.repositories = repositories;
        this.shared = shared;
        this.decisions = decisions;
    }

    /// Of the target alone. A caller who may not pull from the source is not refused: for them it has nothing.
    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(
                Permissions.on(caller.registry(input.registryId()), input.repositoryName(), "InitiateLayerUpload"));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var target = repositories.require(PushTo.of(caller, this, input.registryId(), input.repositoryName()));
        var digest = input.layerDigest();
        var mounted = isAllowed(target.registry())
                && source(caller, law, target, input)
                        .filter(source -> law.mountsAnyLayer() || isNamed(target.registry(), source, digest))
                        .map(source -> new SharedLayers.Source(target.registry(), source, digest))
                        .filter(source -> shared.share(source, target))
                        .isPresent();
        return new Output(mounted);
    }

    private boolean isAllowed(RegistryId registry) {
        return repositories
                .metadata()
                .read(tx -> tx.accountSettings().value(registry, AccountSetting.BLOB_MOUNTING))
                .equals("ENABLED");
    }

    private Optional<RepositoryName> source(Caller caller, Law law, Repository target, Input input) {
        return decisions.firstAllowed(
                caller,
                this,
                sources(law, target, input),
                source -> Permissions.on(target.registry(), source, "GetDownloadUrlForLayer"));
    }

    private boolean isNamed(RegistryId registry, RepositoryName source, Digest layer) {
        return repositories
                .metadata()
                .read(tx -> tx.repositories()
                        .find(registry, source)
                        .filter(repository -> tx.layers().isReferenced(repository, layer))
                        .isPresent());
    }

    /// The one that is told, or, where any will do, all that have it.
    private List<RepositoryName> sources(Law law, Repository target, Input input) {
        if (input.from() == null && !law.mountsAnyLayer()) {
            return List.of();
        }
        return input.from() == null
                ? repositories
                        .metadata()
                        .read(tx -> tx.layers()
                                .repositoriesWith(
                                        target.registry(), input.layerDigest(), target.encryption(), MOST_SOURCES))
                : List.of(input.from());
    }
}
