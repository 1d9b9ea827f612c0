package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredLayer;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bytes of a layer: what a `GET` of a blob on `/v2` and of a signed link comes to. It has no JSON form; ECR
/// authorises it as GetDownloadUrlForLayer.
public final class ReadLayer implements Operation<ReadLayer.Input, ReadLayer.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName, Digest layerDigest) {}

    /// A layer, and its bytes on demand.
    public record Output(StoredLayer layer, Opener bytes) {}

    /// Opens part of a layer's bytes; both in bytes.
    @FunctionalInterface
    public interface Opener {
        Content open(long from, long length);
    }

    private final MetadataStore metadata;
    private final Vault vault;

    ReadLayer(MetadataStore metadata, Vault vault) {
        this.metadata = metadata;
        this.vault = vault;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(
                Permissions.on(caller.registry(input.registryId()), input.repositoryName(), "GetDownloadUrlForLayer"));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var digest = input.layerDigest();
        var named = new ReadableLayer.Named(
                caller.registry(input.registryId()), input.repositoryName(), Optional.of(digest), digest.toString());
        var layer = ReadableLayer.require(metadata, vault, named);
        return new Output(layer, (from, length) -> LayerUploads.storing(() -> open(layer, from, length)));
    }

    /// Metadata may say yes where bytes are gone: that must fail, and never send something short.
    private Content open(StoredLayer layer, long from, long length) throws IOException {
        var blobs = vault.endedBlobs(layer.keys());
        var stored = blobs.size(layer.key()).orElse(-1);
        if (stored != layer.size()) {
            throw new IOException(
                    "the bytes of %s are damaged: %d instead of %d".formatted(layer.digest(), stored, layer.size()));
        }
        return blobs.open(layer.key(), from, length);
    }
}
