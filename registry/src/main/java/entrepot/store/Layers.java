package entrepot.store;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredLayer;
import entrepot.domain.WrappedKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which blobs there are, and which repository has which. A blob is visible only through a repository that has it.
public interface Layers {

    /// Those of the digests that the repository has, also such as are damaged.
    Map<Digest, StoredLayer> find(Repository repository, Collection<Digest> digests);

    /// A layer that was found from the name of its repository on, damaged or not.
    ///
    /// @param isNamed whether a manifest of the repository names it
    record Found(Repository repository, StoredLayer layer, boolean isNamed) {}

    /// One question, for what every pull of a layer asks.
    Optional<Found> find(RegistryId registry, RepositoryName name, Digest digest);

    /// The blob of this digest that lies so at rest, wherever it is linked. For deciding where bytes lie, never for
    /// answering a client.
    Optional<Blob> blob(Digest digest, Encryption encryption);

    /// The registry's repositories that have the blob that lies so at rest, but no more than `limit`.
    List<RepositoryName> repositoriesWith(RegistryId registry, Digest digest, Encryption encryption, int limit);

    /// Every blob, in the order of ids, those above `afterId`.
    List<Blob> all(long afterId, int limit);

    /// Records a blob whose bytes are durable under `key`. Where the digest is known in that encryption, the new key
    /// and data keys take the place of the old ones, and what was wrong with those is forgotten.
    ///
    /// @param keys what the bytes are sealed under; null where they are not
    /// @param seen what the digest is known by now; null if it is not
    /// @throws LostRaceException if that is not so any more
    Blob store(Digest digest, long size, BlobKey key, @Nullable WrappedKeys keys, @Nullable Blob seen, Instant now);

    /// The same, whatever the digest is known by.
    default Blob store(Digest digest, long size, BlobKey key, @Nullable WrappedKeys keys, Instant now) {
        var encryption = keys == null ? Encryption.AES256 : keys.by();
        return store(digest, size, key, keys, blob(digest, encryption).orElse(null), now);
    }

    /// The repository has this blob from now on. Linking twice is not an error.
    void link(Repository repository, Blob blob, Instant now);

    /// The repository no longer has this blob. The caller has made sure that no manifest of it names it.
    void unlink(Repository repository, Digest digest);

    /// Whether a manifest of the repository names this blob.
    boolean isReferenced(Repository repository, Digest digest);

    /// The bytes under this key are no longer wanted and may be deleted from `notBefore` on.
    void discard(BlobKey key, Instant notBefore);

    /// The same, so long from now on by the clock, and by collection's own time, which does not follow a jump of it.
    ///
    /// @param size how many bytes they are
    void discard(BlobKey key, long size, Instant now, Duration stay);

    /// Keys that may be deleted now by the clock.
    List<BlobKey> discarded(Instant now, int limit);

    /// The bytes under this key are deleted.
    void forget(BlobKey key);

    /// One physical copy of some bytes.
    ///
    /// @param size of the bytes that have the digest
    /// @param keys what they are sealed under; null where they are not
    /// @param damage what is wrong with them; null where nothing is known to be
    record Blob(
            long id,
            Digest digest,
            long size,
            BlobKey key,
            @Nullable WrappedKeys keys,
            @Nullable String damage) {
        public Encryption encryption() {
            return keys == null ? Encryption.AES256 : keys.by();
        }
    }
}
