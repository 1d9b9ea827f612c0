package entrepot.scan.database;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Tag;
import entrepot.upstream.UpstreamRegistry;
import entrepot.upstream.VerifiedStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// One that another registry has.
public record RemoteArtifact(UpstreamRegistry registry, String repository, Tag tag) implements ArtifactSource {

    private static final int PIECE = 1 << 18;

    /// Also of a registry that says no digest without sending the manifest.
    @Override
    public Digest digest() throws IOException {
        var told = registry.head(repository, tag).digest();
        return told == null ? registry.manifest(repository, tag).digest() : told;
    }

    @Override
    public ManifestBytes manifest(Digest digest) throws IOException {
        return registry.manifest(repository, digest).bytes();
    }

    @Override
    public void copy(Descriptor blob, WritableByteChannel target) throws IOException {
        try (var bytes = new VerifiedStream(registry.blob(repository, blob.digest(), blob.size(), 0), blob.digest())) {
            var piece = new byte[PIECE];
            for (var count = bytes.read(piece); count >= 0; count = bytes.read(piece)) {
                target.write(ByteBuffer.wrap(piece, 0, count));
            }
        }
    }
}
