package entrepot.domain;

/// What a rule of a lifecycle policy does with an image. Source: ECR user guide, "Lifecycle policy properties", Action.
public enum ImageAction {
    /// The image is deleted.
    EXPIRE,
    /// It goes into the class [StorageClass#ARCHIVE].
    TRANSITION
}
