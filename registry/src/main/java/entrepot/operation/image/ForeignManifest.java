package entrepot.operation.image;

import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.Manifest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import java.util.Optional;

/// What a manifest of another registry says, held to all that is asked of one that is pushed.
public final class ForeignManifest {

    private ForeignManifest() {}

    /// Fails with the refusal that a push of it would.
    ///
    /// @param type as it was sent
    public static Manifest of(ManifestBytes bytes, MediaType type, Limits limits) {
        var json = ManifestReader.read(bytes);
        var agreed = new ManifestType(Manifest.ownType(json, Law.OCI), type.value()).orStored(Optional::empty);
        return Manifest.of(json, agreed, Law.OCI, limits);
    }
}
