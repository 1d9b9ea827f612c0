package entrepot.domain;

/// How much of everything there may be. The defaults are ECR's (user guide, "Amazon ECR service quotas"), but for
/// those of a manifest's bytes and of a principal, which ECR does not publish.
///
/// @param manifestBytes of one manifest
public record Limits(OfRegistry registry, OfImage image, OfLayer layer, OfPrincipal principal, int manifestBytes) {

    /// What one registry holds.
    ///
    /// @param imagesPerRepository counting every manifest, tagged or not
    /// @param tagsPerResource AWS resource tags of one repository
    public record OfRegistry(int repositories, int imagesPerRepository, int tagsPerResource) {}

    /// What one manifest has.
    ///
    /// @param tags that point at it
    /// @param layers that it names
    public record OfImage(int tags, int layers) {}

    /// What one layer is made of.
    ///
    /// @param parts of its upload
    public record OfLayer(int parts, long bytes) {}

    /// What one principal has begun and not yet completed.
    ///
    /// @param openUploadBytes of all its uploads together; the default is twenty of the largest layers
    public record OfPrincipal(int openUploads, long openUploadBytes) {}

    public static final Limits ECR = new Limits(
            new OfRegistry(100_000, 100_000, 50),
            new OfImage(1_000, 500),
            new OfLayer(4_200, 52_000L << 20),
            new OfPrincipal(10_000, 1L << 40),
            4 << 20);
}
