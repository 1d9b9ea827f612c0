package entrepot.operation;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredLayer;
import entrepot.domain.UploadId;
import entrepot.operation.layer.BatchCheckLayerAvailability;
import entrepot.operation.layer.CancelLayerUpload;
import entrepot.operation.layer.CompleteLayerUpload;
import entrepot.operation.layer.DescribeLayerUpload;
import entrepot.operation.layer.InitiateLayerUpload;
import entrepot.operation.layer.LayerOperations;
import entrepot.operation.layer.ReadLayer;
import entrepot.operation.layer.UploadLayerPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The operations on layers of one process: another one over the same [World] is the process after a restart.
public final class Layers {

    public final InitiateLayerUpload initiate;
    public final UploadLayerPart uploadPart;
    public final CompleteLayerUpload complete;
    public final DescribeLayerUpload describe;
    public final CancelLayerUpload cancel;
    public final BatchCheckLayerAvailability check;
    public final ReadLayer read;

    private final World world;

    public Layers(World world) {
        this.world = world;
        var layers = LayerOperations.with(world.means);
        initiate = layers.initiateLayerUpload();
        uploadPart = layers.uploadLayerPart();
        complete = layers.completeLayerUpload();
        describe = layers.describeLayerUpload();
        cancel = layers.cancelLayerUpload();
        check = layers.batchCheckLayerAvailability();
        read = layers.readLayer();
    }

    public static Digest sha256(byte[] bytes) {
        return new ManifestBytes(bytes).digest(Digest.Algorithm.SHA256);
    }

    public static Digest sha512(byte[] bytes) {
        return new ManifestBytes(bytes).digest(Digest.Algorithm.SHA512);
    }

    public UploadId begin(RepositoryName name) {
        return world.call(initiate, new InitiateLayerUpload.Input(null, name)).uploadId();
    }

    /// Sends a part as ECR's clients do, with its range. Gives the last byte received.
    public long part(RepositoryName name, UploadId upload, long first, byte[] bytes) {
        return part(Law.ECR, name, upload, first, bytes);
    }

    public long part(Law law, RepositoryName name, UploadId upload, long first, byte[] bytes) {
        var content = new Content.Bytes(bytes);
        var input = new UploadLayerPart.Input(null, name, upload, first, first + bytes.length - 1, content);
        return world.call(law, uploadPart, input).lastByteReceived();
    }

    /// Sends bytes as Docker does, to wherever the end is.
    public long append(RepositoryName name, UploadId upload, Content bytes) {
        var input = new UploadLayerPart.Input(null, name, upload, null, null, bytes);
        return world.call(Law.OCI, uploadPart, input).lastByteReceived();
    }

    public Digest complete(Law law, RepositoryName name, UploadId upload, Digest... digests) {
        var texts = Stream.of(digests).map(Digest::toString).toList();
        return world.call(law, complete, new CompleteLayerUpload.Input(null, name, upload, texts))
                .layerDigest();
    }

    /// Bytes acknowledged of an open upload.
    public long received(RepositoryName name, UploadId upload) {
        return world.call(describe, new DescribeLayerUpload.Input(null, name, upload))
                .received();
    }

    /// Pushes a layer, whether it is there already or not.
    public Digest push(RepositoryName name, byte[] bytes) {
        return push(name, bytes, sha256(bytes));
    }

    public Digest push(RepositoryName name, byte[] bytes, Digest digest) {
        var upload = begin(name);
        append(name, upload, new Content.Bytes(bytes));
        return complete(Law.OCI, name, upload, digest);
    }

    public boolean has(RepositoryName name, Digest digest) {
        var input = new BatchCheckLayerAvailability.Input(null, name, List.of(digest.toString()));
        return world.call(check, input).layers().getFirst().layerAvailability().equals("AVAILABLE");
    }

    public StoredLayer stored(RepositoryName name, Digest digest) {
        world.call(read, new ReadLayer.Input(null, name, digest)); // which refuses what cannot be read
        var repository = world.repository(name); // before the transaction, which has the store for itself
        return Objects.requireNonNull(world.metadata
                .<Map<Digest, StoredLayer>>read(tx -> tx.layers().find(repository, List.of(digest)))
                .get(digest));
    }

    /// All the bytes of a layer as a client gets them.
    public byte[] bytes(RepositoryName name, Digest digest) {
        var layer = world.call(read, new ReadLayer.Input(null, name, digest));
        var bytes = new ByteArrayOutputStream();
        try {
            layer.bytes().open(0, layer.size()).writeTo(Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
