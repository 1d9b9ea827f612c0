package entrepot.domain;

/// Whether an image can be pulled. Source: ECR API, ImageStatus.
public enum ImageStatus {
    ACTIVE,
    /// It lies in the archive.
    ARCHIVED,
    /// It is on its way back from there.
    ACTIVATING
}
