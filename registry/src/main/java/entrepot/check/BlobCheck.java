package entrepot.check;

import entrepot.domain.Digest;
import entrepot.domain.RegistryException;
import entrepot.sealing.Vault;
import entrepot.store.DamagedBlobException;
import entrepot.store.Layers.Blob;
import entrepot.store.NoSuchBlobException;
import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.util.OptionalLong;

/// Whether a blob's bytes are there and have its digest.
record BlobCheck(Vault vault, Reading reading) {

    /// What came of a look.
    sealed interface Verdict {

        record Whole() implements Verdict {}

        /// They are not what they should be.
        ///
        /// @param text what is wrong with the bytes
        record Damaged(String text) implements Verdict {}

        /// They could not be looked at.
        ///
        /// @param text why nothing is known of the bytes
        /// @param isAway whether that is since the store cannot be reached
        record Unread(String text, boolean isAway) implements Verdict {}
    }

    Verdict look(Blob blob) {
        try {
            var size = vault.blobs(blob.keys()).size(blob.key());
            return size.equals(OptionalLong.of(blob.size())) ? bytes(blob) : wrongSize(blob, size);
        } catch (NoSuchBlobException | DamagedBlobException e) {
            return new Verdict.Damaged(cannot(e));
        } catch (IOException | RegistryException e) {
            return new Verdict.Unread(cannot(e), e instanceof StoreAwayException);
        }
    }

    private static String cannot(Exception e) {
        return "cannot be read: " + e.getMessage();
    }

    private static Verdict wrongSize(Blob blob, OptionalLong size) {
        return new Verdict.Damaged(
                size.isEmpty()
                        ? "its bytes are gone (key %s)".formatted(blob.key())
                        : "has %d bytes instead of %d (key %s)".formatted(size.getAsLong(), blob.size(), blob.key()));
    }

    private Verdict bytes(Blob blob) throws IOException {
        var bytes = vault.endedBlobs(blob.keys()).open(blob.key(), blob.size(), 0, blob.size());
        var found = Digest.of(blob.digest().algorithm(), reading.of(bytes));
        return found.equals(blob.digest())
                ? new Verdict.Whole()
                : new Verdict.Damaged("has bytes of %s (key %s)".formatted(found, blob.key()));
    }
}
