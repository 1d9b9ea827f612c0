package entrepot.move;

import entrepot.domain.Digest;
import entrepot.domain.Metered;
import entrepot.domain.RegistryException;
import entrepot.store.BlobStore;
import entrepot.store.Layers.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/// Copies a blob as it lies, and sees that the copy is durable and has its digest. What is sealed goes along so, and
/// the copy is opened for a look.
///
/// @param mayBeThere whether half a blob may have come before
record BlobCopy(Move.Source from, BlobStore to, Progress progress, boolean mayBeThere) {

    /// Why the blob cannot be copied; nothing of it stays then. Empty if it was.
    ///
    /// @throws IOException if a store fails
    Optional<String> problem(Blob blob) throws IOException {
        var size = from.blobs().size(blob.key());
        if (size.isEmpty()) {
            return Optional.of("its bytes are gone (key %s)".formatted(blob.key()));
        }
        var passed = copy(blob, size.getAsLong());
        var problem = blob.keys() == null ? plain(blob, size.getAsLong(), passed) : sealed(blob, passed);
        if (problem.isPresent()) {
            to.delete(blob.key());
        }
        return problem;
    }

    /// The digest of what passed.
    private Digest copy(Blob blob, long size) throws IOException {
        var key = blob.key();
        if (mayBeThere) {
            to.delete(key);
        }
        var passing = new Passing(blob.digest().algorithm().newComputation(), progress);
        to.create(key);
        var bytes = new Metered(from.blobs().open(key, size, 0, size), passing);
        to.seal(key, to.append(key, entrepot.domain.Progress.NONE, bytes));
        return Digest.of(blob.digest().algorithm(), passing.hash().digest());
    }

    private static Optional<String> plain(Blob blob, long size, Digest passed) {
        return size == blob.size() && passed.equals(blob.digest())
                ? Optional.empty()
                : Optional.of("has %d bytes of %s (key %s)".formatted(size, passed, blob.key()));
    }

    /// Where its key cannot be had, the copy is whole if it is the same as what passed.
    private Optional<String> sealed(Blob blob, Digest passed) throws IOException {
        try {
            var copies = from.vault().over(to).endedBlobs(blob.keys());
            var found = copies.size(blob.key()).orElse(0);
            return plain(blob, found, digest(copies, blob, found));
        } catch (RegistryException e) {
            progress.say("note: blob %s moved unopened: %s".formatted(blob.digest(), e.getMessage()));
            var found = to.size(blob.key()).orElse(0);
            return digest(to, blob, found).equals(passed)
                    ? Optional.empty()
                    : Optional.of("came with other bytes (key %s)".formatted(blob.key()));
        } catch (IOException e) {
            return Optional.of("cannot be opened (key %s): %s".formatted(blob.key(), e.getMessage()));
        }
    }

    private static Digest digest(BlobStore store, Blob blob, long size) throws IOException {
        return Digest.of(blob.digest().algorithm(), store.open(blob.key(), size, 0, size));
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
