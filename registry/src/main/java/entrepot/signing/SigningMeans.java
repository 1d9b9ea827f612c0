package entrepot.signing;

import entrepot.domain.SigningProfileArn;
import entrepot.operation.Means;
import entrepot.operation.Operations;
import entrepot.operation.image.ImageOperations;
import entrepot.operation.image.PutImage;
import entrepot.operation.layer.LayerOperations;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// What signatures are made and stored with: the operations as they are done for whoever holds the lease.
///
/// @param profiles all that this server can sign by
public record SigningMeans(
        Operations door,
        MetadataStore metadata,
        Vault vault,
        PutImage putImage,
        LayerOperations layers,
        InstantSource clock,
        Map<SigningProfileArn, Profile> profiles) {

    public SigningMeans {
        profiles = Map.copyOf(profiles);
    }

    /// Made for this alone.
    ///
    /// @param means over metadata whose transactions hold the lease
    public static SigningMeans with(Means means, Operations door, Collection<Profile> profiles) {
        return new SigningMeans(
                door,
                means.metadata(),
                means.vault(),
                ImageOperations.with(means).putImage(),
                LayerOperations.with(means),
                means.clock(),
                profiles.stream().collect(Collectors.toMap(Profile::arn, profile -> profile)));
    }
}
