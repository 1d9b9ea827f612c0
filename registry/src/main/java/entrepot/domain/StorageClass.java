package entrepot.domain;

/// Where an image lies. Source: ECR user guide, "Lifecycle policy properties", Storage class.
public enum StorageClass {
    STANDARD,
    ARCHIVE
}
