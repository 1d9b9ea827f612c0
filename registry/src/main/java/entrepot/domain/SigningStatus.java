package entrepot.domain;

/// How it fares with a signature: ECR's `SigningStatus`.
public enum SigningStatus {
    IN_PROGRESS,
    COMPLETE,
    FAILED
}
