package entrepot.archive;

import entrepot.domain.BlobKey;
import entrepot.domain.Metered;
import entrepot.domain.Progress;
import entrepot.sealing.Vault;
import entrepot.store.BlobStore;
import entrepot.store.Layers.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where bytes lie.
///
/// @param blobs reads them wherever they are, and writes them where new ones go
/// @param archive writes those of archived images; null where they stay where they are
/// @param vault over `blobs`
public record BlobPlaces(BlobStore blobs, @Nullable BlobStore archive, Vault vault) {

    /// Copies a blob under another key, as a whole and durable. What is sealed is sealed anew, since its segments know
    /// the key that they lie under.
    ///
    /// @param alive is called every 20 s or so while it is copied
    /// @throws IOException if it cannot be copied, or does not have its digest; the copy may be there in part
    void copy(Blob blob, BlobKey to, BlobStore target, Runnable alive) throws IOException {
        var hash = blob.digest().algorithm().newComputation();
        var store = vault.over(target).endedBlobs(blob.keys());
        var bytes = vault.endedBlobs(blob.keys()).open(blob.key(), blob.size(), 0, blob.size());
        store.create(to);
        var progress = store.append(to, Progress.NONE, new Metered(bytes, new Passing(hash, alive)));
        store.seal(to, progress);
        if (progress.length() != blob.size()
                || !Arrays.equals(hash.digest(), blob.digest().hash())) {
            throw new IOException("%s is damaged (key %s): it stays where it is".formatted(blob.digest(), blob.key()));
        }
    }

    private static final class Passing implements Metered.Meter {

        private static final long PAUSE_NANOS = 20_000_000_000L;

        private final MessageDigest hash;
        private final Runnable alive;
        private long told = System.nanoTime();

        Passing(MessageDigest hash, Runnable alive) {
            this.hash = hash;
            this.alive = alive;
        }

        @Override
        public void after(ByteBuffer bytes) {
            hash.update(bytes);
            if (System.nanoTime() - told > PAUSE_NANOS) {
                alive.run();
                told = System.nanoTime();
            }
        }
    }
}
