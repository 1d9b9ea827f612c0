package entrepot.operation.cache;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Another registry, as one rule asks it. Repositories are called as they are there.
public interface Upstream {

    /// Asks whether it takes whoever the rule asks as.
    void login() throws UpstreamException;

    /// Which manifest a tag is of; null if it does not say so without the manifest.
    @Nullable
    Digest look(String repository, Reference reference, Duration patience) throws UpstreamException;

    /// A manifest, whose bytes have the digest; if a digest was asked for, that one.
    Found manifest(String repository, Reference reference, Duration patience) throws UpstreamException;

    /// A blob, of which nothing is known yet.
    Blob blob(String repository, Digest digest) throws UpstreamException;

    /// The manifests that say they are about this one; none where it knows of no such list.
    List<Digest> referrers(String repository, Digest subject, Duration patience) throws UpstreamException;

    /// A manifest.
    ///
    /// @param mediaType as it was sent; null if nothing was said
    record Found(Digest digest, @Nullable String mediaType, ManifestBytes bytes) {}

    /// Bytes on their way here.
    ///
    /// @param size in bytes, or -1 where only the end will tell
    record Blob(long size, InputStream bytes) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
