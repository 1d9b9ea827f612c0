package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.token.BlobLinks;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.PullThrough;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A link that serves a layer to whoever has it, for an hour; one of the store itself, for 15 minutes, where it gives
/// bytes away. Source: ECR API, GetDownloadUrlForLayer.
public final class GetDownloadUrlForLayer
        implements Operation<GetDownloadUrlForLayer.Input, GetDownloadUrlForLayer.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName, String layerDigest) {}

    public record Output(String downloadUrl, String layerDigest) {
        /// Without the link, so that no log can hold it.
        @Override
        public String toString() {
            return "Output[" + layerDigest + "]";
        }
    }

    private final MetadataStore metadata;
    private final Vault vault;
    private final BlobLinks links;
    private final InstantSource clock;
    private final PullThrough elsewhere;

    GetDownloadUrlForLayer(
            MetadataStore metadata, Vault vault, BlobLinks links, InstantSource clock, PullThrough elsewhere) {
        this.elsewhere = elsewhere;
        this.metadata = metadata;
        this.vault = vault;
        this.links = links;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var digest = Digest.find(input.layerDigest());
        var named = new ReadableLayer.Named(registry, input.repositoryName(), digest, input.layerDigest());
        try {
            return stored(caller, law, named);
        } catch (RegistryException miss) {
            var pull = new PullThrough.Pull(caller, this, registry, input.repositoryName());
            return ReadableLayer.elsewhere(
                    elsewhere,
                    pull,
                    digest.orElseThrow(() -> miss),
                    miss,
                    () -> stored(caller, Law.OCI, named),
                    (coming, _) -> own(caller, named, coming));
        }
    }

    private Output stored(Caller caller, Law law, ReadableLayer.Named named) {
        var layer = ReadableLayer.require(metadata, vault, law, named);
        return LayerUploads.storing(() -> vault.directUrl(layer.key(), layer.keys(), ReadLayer.ADDRESS_LIFETIME))
                .map(address -> new Output(address.toString(), named.text()))
                .orElseGet(() -> own(caller, named, layer.digest()));
    }

    private Output own(Caller caller, ReadableLayer.Named named, Digest digest) {
        var link = new BlobLinks.BlobLink(caller.principal(), named.registry(), named.repository(), digest);
        return new Output(caller.address().endpoint() + links.sign(link, clock.instant()), named.text());
    }
}
