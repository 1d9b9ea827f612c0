package entrepot.move;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.Metered;
import entrepot.domain.RegistryException;
import entrepot.sealing.Vault;
import entrepot.store.BlobStore;
import entrepot.store.Layers.Blob;
import entrepot.store.NoSuchBlobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/// Copies a blob as it lies, and sees that the copy is durable and has its digest. What is sealed goes along so, and
/// the copy is opened for a look.
///
/// @param vault of where it comes from, with whose keys sealed ones are opened
/// @param mayBeThere whether half a blob may have come before
public record BlobCopy(BlobStore from, Vault vault, BlobStore to, Progress progress, boolean mayBeThere) {

    /// What came of a copy.
    public sealed interface Outcome {}

    /// It is there.
    ///
    /// @param size of the bytes as they lie
    /// @param digest of those
    /// @param isSeen whether they are known to be the blob's, which those of a sealed one are that was opened
    public record Whole(long size, Digest digest, boolean isSeen) implements Outcome {

        private boolean hasBytesOf(Whole other) {
            return size == other.size && digest.equals(other.digest);
        }
    }

    /// It cannot be copied, and nothing of it stays.
    public record Damaged(String why) implements Outcome {}

    /// Copies one blob.
    ///
    /// @throws IOException if a store fails
    public Outcome copy(Blob blob) throws IOException {
        var size = from.size(blob.key());
        return size.isEmpty() ? gone(blob) : copy(blob, size.getAsLong());
    }

    private static Damaged gone(Blob blob) {
        return new Damaged("its bytes are gone (key %s)".formatted(blob.key()));
    }

    private Outcome copy(Blob blob, long size) throws IOException {
        var outcome = verified(blob, size);
        if (outcome instanceof Damaged) {
            to.delete(blob.key());
        }
        return outcome;
    }

    private Outcome verified(Blob blob, long size) throws IOException {
        try {
            var passed = new Whole(size, passed(blob, size), true);
            return blob.keys() == null ? plain(blob, passed, passed) : sealed(blob, passed);
        } catch (IOException e) {
            if (from.size(blob.key()).isPresent()) {
                throw e;
            }
            return gone(blob); // while it was copied
        }
    }

    /// The digest of what passed.
    private Digest passed(Blob blob, long size) throws IOException {
        var key = blob.key();
        if (mayBeThere) {
            to.delete(key);
        }
        var passing = new Passing(blob.digest().algorithm().newComputation(), progress);
        to.create(key);
        var bytes = new Metered(from.open(key, size, 0, size), passing);
        to.seal(key, to.append(key, entrepot.domain.Progress.NONE, bytes));
        return Digest.of(blob.digest().algorithm(), passing.hash().digest());
    }

    /// @param found what the bytes are that have the blob's digest, if all is well
    private static Outcome plain(Blob blob, Whole found, Whole passed) {
        return found.size() == blob.size() && found.digest().equals(blob.digest())
                ? passed
                : new Damaged("has %d bytes of %s (key %s)".formatted(found.size(), found.digest(), blob.key()));
    }

    /// Where its key cannot be had, the copy is whole if it is the same as what passed.
    private Outcome sealed(Blob blob, Whole passed) throws IOException {
        try {
            return plain(blob, found(vault.over(to).endedBlobs(blob.keys()), blob), passed);
        } catch (RegistryException e) {
            progress.say("note: blob %s moved unopened: %s".formatted(blob.digest(), e.getMessage()));
            return found(to, blob).hasBytesOf(passed)
                    ? new Whole(passed.size(), passed.digest(), false)
                    : new Damaged("came with other bytes (key %s)".formatted(blob.key()));
        } catch (IOException e) {
            return new Damaged("cannot be opened (key %s): %s".formatted(blob.key(), e.getMessage()));
        }
    }

    private static Whole found(BlobStore store, Blob blob) throws IOException {
        return read(store, blob.key(), blob.digest().algorithm());
    }

    /// What lies in a store under a key.
    ///
    /// @throws NoSuchBlobException if nothing does
    public static Whole read(BlobStore store, BlobKey key, Digest.Algorithm algorithm) throws IOException {
        var size = store.size(key).orElseThrow(() -> new NoSuchBlobException(key));
        return new Whole(size, Digest.of(algorithm, store.open(key, size, 0, size)), false);
    }

    /// Hashes and counts what passes.
    private record Passing(MessageDigest hash, Progress progress) implements Metered.Meter {
        @Override
        public void after(ByteBuffer bytes) {
            progress.bytes(bytes.remaining());
            hash.update(bytes);
        }
    }
}
