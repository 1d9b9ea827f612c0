package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.EveryApiError;
import entrepot.domain.Haste;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredLayer;
import entrepot.operation.LatelyFound;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.PullThrough;
import entrepot.operation.PullThrough.Layer;
import entrepot.sealing.Vault;
import entrepot.store.Layers;
import entrepot.store.MetadataStore;
import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The bytes of a layer: what a `GET` of a blob on `/v2` and of a signed link comes to. It has no JSON form; ECR
/// authorises it as GetDownloadUrlForLayer.
public final class ReadLayer implements Operation<ReadLayer.Input, ReadLayer.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName, Digest layerDigest) {}

    /// How long an address of the store is good.
    static final Duration ADDRESS_LIFETIME = Duration.ofMinutes(15);

    private static final int REMEMBERED = 1_000;

    /// A layer, and its bytes on demand.
    ///
    /// @param size in bytes
    /// @param mediaType what it is called; null if it is not known
    /// @param address where the store itself gives them; null where it does not
    public record Output(
            Digest digest,
            long size,
            @Nullable String mediaType,
            PullThrough.Opener bytes,
            @Nullable URI address) {
        static Output coming(Digest digest, Layer.Coming layer) {
            return new Output(digest, layer.size(), null, layer.bytes(), null);
        }

        /// Without the address, so that no log can hold it.
        @Override
        public String toString() {
            return "Output[" + digest + "]";
        }
    }

    private final MetadataStore metadata;
    private final Vault vault;
    private final DamagedLayers damaged;
    private final PullThrough elsewhere;
    private final LatelyFound<ReadableLayer.Named, Layers.Found> lately;

    ReadLayer(MetadataStore metadata, Vault vault, PullThrough elsewhere) {
        this.elsewhere = elsewhere;
        this.metadata = metadata;
        this.damaged = new DamagedLayers(metadata);
        this.vault = vault;
        this.lately = new LatelyFound<>(metadata, REMEMBERED, ReadableLayer::find);
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(
                Permissions.on(caller.registry(input.registryId()), input.repositoryName(), "GetDownloadUrlForLayer"));
    }

    /// Whether it may answer from what was found lately, and from files.
    public boolean isQuick() {
        return !metadata.isShared() && vault.isLocal();
    }

    @Override
    public void prepare(Caller caller, Law law, Input input) {
        var found = lately.find(named(caller, input)).filter(this::isAtHand);
        if (found.isEmpty() || !(law.servesUnnamedLayers() || found.get().isNamed())) {
            Haste.refuse();
        }
    }

    /// Whoever looks at what is missing, damaged or sealed has to wait.
    private boolean isAtHand(Layers.Found found) {
        var layer = found.layer();
        try {
            return !layer.archived()
                    && layer.isWhole()
                    && layer.keys() == null
                    && found.repository().keys() == null
                    && vault.endedBlobs(null).size(layer.key()).equals(OptionalLong.of(layer.size()));
        } catch (IOException e) {
            return false;
        }
    }

    private static ReadableLayer.Named named(Caller caller, Input input) {
        var digest = input.layerDigest();
        return new ReadableLayer.Named(
                caller.registry(input.registryId()), input.repositoryName(), Optional.of(digest), digest.toString());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var digest = input.layerDigest();
        var named = named(caller, input);
        try {
            return stored(law, named);
        } catch (RegistryException miss) {
            var pull = new PullThrough.Pull(caller, this, named.registry(), named.repository());
            return ReadableLayer.elsewhere(elsewhere, pull, digest, miss, () -> stored(Law.OCI, named), Output::coming);
        }
    }

    private Output stored(Law law, ReadableLayer.Named named) {
        var layer = ReadableLayer.require(metadata, vault, law, named, lately::find);
        var address = LayerUploads.storing(() -> vault.directUrl(layer.key(), layer.keys(), ADDRESS_LIFETIME));
        return new Output(
                layer.digest(),
                layer.size(),
                layer.mediaType(),
                (from, length) -> LayerUploads.storing(() -> open(layer, from, length)),
                address.orElse(null));
    }

    /// Metadata may say yes where bytes are gone, or fewer: that must fail, and never send something short.
    private Content open(StoredLayer layer, long from, long length) throws IOException {
        try {
            var bytes = vault.endedBlobs(layer.keys()).open(layer.key(), layer.size(), from, length);
            return bytes instanceof Content.FileRegion ? bytes : new Excused(bytes, layer, damaged);
        } catch (IOException e) {
            damaged.met(layer, e);
            throw e;
        }
    }

    /// Content that refuses as [LayerUploads#storing] does, where its store turns out to be away only when it is read;
    /// or to have other bytes.
    private record Excused(Content bytes, StoredLayer layer, DamagedLayers damaged) implements Content {
        @Override
        public long length() {
            return bytes.length();
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            try {
                bytes.writeTo(target);
            } catch (StoreAwayException e) {
                throw new RegistryException(new EveryApiError.Unavailable());
            } catch (IOException e) {
                damaged.met(layer, e);
                throw e;
            }
        }
    }
}
