package entrepot.domain;

/// How much of everything there may be. The defaults are ECR's (user guide, "Amazon ECR service quotas"), but for
/// the last three, which ECR does not publish.
///
/// @param repositories in one registry
/// @param imagesPerRepository counting every manifest, tagged or not
/// @param tagsPerImage tags that point at one manifest
/// @param layersPerImage layers that one manifest names
/// @param partsPerLayer parts of one upload
/// @param layerBytes of one layer
/// @param tagsPerResource AWS resource tags of one repository
/// @param manifestBytes of one manifest
/// @param openUploadsPerPrincipal uploads begun and not yet completed
/// @param openUploadBytesPerPrincipal bytes of those, together; the default is twenty of the largest layers
public record Limits(
        int repositories,
        int imagesPerRepository,
        int tagsPerImage,
        int layersPerImage,
        int partsPerLayer,
        long layerBytes,
        int tagsPerResource,
        int manifestBytes,
        int openUploadsPerPrincipal,
        long openUploadBytesPerPrincipal) {

    public static final Limits ECR =
            new Limits(100_000, 100_000, 1_000, 500, 4_200, 52_000L << 20, 50, 4 << 20, 10_000, 1L << 40);
}
