package entrepot.config;

import entrepot.domain.Limits;
import java.time.Duration;

/// What may be pushed.
///
/// @param createOnPush whether a push makes the repository that is not there
/// @param sparseManifests whether manifests may name what their repository does not have
/// @param uploadExpiry how long an upload that nothing touches stays open
public record Rules(boolean createOnPush, boolean sparseManifests, Duration uploadExpiry, Limits limits) {

    static Rules read(Sources sources) {
        return new Rules(
                sources.flag("create-on-push", false),
                sources.flag("sparse-manifests", false),
                sources.value("upload-expiry", Duration.ofHours(24), Durations::parse),
                limits(sources, Limits.ECR));
    }

    private static Limits limits(Sources sources, Limits usual) {
        return new Limits(
                sources.limit("limits.repositories", usual.repositories()),
                sources.limit("limits.images-per-repository", usual.imagesPerRepository()),
                sources.limit("limits.tags-per-image", usual.tagsPerImage()),
                sources.limit("limits.layers-per-image", usual.layersPerImage()),
                sources.limit("limits.parts-per-layer", usual.partsPerLayer()),
                sources.limit("limits.layer-bytes", usual.layerBytes()),
                sources.limit("limits.tags-per-resource", usual.tagsPerResource()),
                sources.limit("limits.manifest-bytes", usual.manifestBytes()),
                sources.limit("limits.open-uploads-per-principal", usual.openUploadsPerPrincipal()),
                sources.limit("limits.open-upload-bytes-per-principal", usual.openUploadBytesPerPrincipal()));
    }
}
