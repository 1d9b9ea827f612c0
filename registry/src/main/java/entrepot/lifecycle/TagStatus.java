package entrepot.lifecycle;

/// Which images a rule is about, by their tags. Source: ECR user guide, "Lifecycle policy properties", Tag status.
public enum TagStatus {
    TAGGED,
    UNTAGGED,
    ANY
}
