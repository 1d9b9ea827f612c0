package entrepot.check;

import entrepot.domain.Digest;
import entrepot.domain.RegistryException;
import entrepot.sealing.Vault;
import entrepot.store.Layers.Blob;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether a blob's bytes are there and have its digest.
record BlobCheck(Vault vault) {

    Optional<String> problem(Blob blob) {
        try {
            var size = vault.blobs(blob.keys()).size(blob.key());
            return size.equals(OptionalLong.of(blob.size())) ? wrongBytes(blob) : Optional.of(wrongSize(blob, size));
        } catch (IOException | RegistryException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    private static String wrongSize(Blob blob, OptionalLong size) {
        return size.isEmpty()
                ? "its bytes are gone (key %s)".formatted(blob.key())
                : "has %d bytes instead of %d (key %s)".formatted(size.getAsLong(), blob.size(), blob.key());
    }

    private Optional<String> wrongBytes(Blob blob) throws IOException {
        var found = Digest.of(
                blob.digest().algorithm(), vault.endedBlobs(blob.keys()).open(blob.key(), blob.size(), 0, blob.size()));
        return found.equals(blob.digest())
                ? Optional.empty()
                : Optional.of("has bytes of %s (key %s)".formatted(found, blob.key()));
    }
}
