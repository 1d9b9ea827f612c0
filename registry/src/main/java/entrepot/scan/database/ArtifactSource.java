package entrepot.scan.database;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/// Where an artifact is, which has a tag.
public interface ArtifactSource {

    /// What the tag points to now.
    ///
    /// @throws IOException if there is no such tag, or nobody to ask
    Digest digest() throws IOException;

    /// A manifest of at most 4 MiB, whose digest has been verified.
    ManifestBytes manifest(Digest digest) throws IOException;

    /// Writes a blob.
    ///
    /// @param blob of at most the size that it says
    /// @throws IOException if its bytes are not as the descriptor says
    void copy(Descriptor blob, WritableByteChannel target) throws IOException;
}
