package entrepot.operation.image;

import entrepot.domain.EveryApiError;
import entrepot.domain.ImageError;
import entrepot.domain.Limits;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import entrepot.store.Reserve;
import entrepot.store.StorageFullException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What the registry's configuration, and its disk, allow a push.
///
/// @param sparse whether a manifest may name layers and manifests that its repository does not have
/// @param reserve of the disk, which manifests leave free
public record PushRules(Limits limits, boolean sparse, Reserve reserve) {

    public PushRules(Limits limits, boolean sparse) {
        this(limits, sparse, Reserve.NONE);
    }

    /// A manifest is stored beside what must still find room on a full disk.
    void requireRoom() {
        try {
            reserve.require();
        } catch (StorageFullException e) {
            throw new RegistryException(new EveryApiError.StorageFull());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void requireLength(ManifestBytes manifest) {
        if (manifest.length() > limits.manifestBytes()) {
            throw new RegistryException(new ImageError.InvalidManifest(
                    "Member must have length less than or equal to " + limits.manifestBytes()));
        }
    }
}
