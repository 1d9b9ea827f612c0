package entrepot.domain;

/// How far a scan is, or what came of it. Source: ECR API, ScanStatus; those of its values that are given here.
public enum ScanStatus {
    /// Enhanced scanning has not begun with it.
    PENDING,
    IN_PROGRESS,
    COMPLETE,
    FAILED,
    UNSUPPORTED_IMAGE,
    /// It was scanned, and is matched anew when there are new vulnerabilities.
    ACTIVE,
    LIMIT_EXCEEDED;

    /// Whether it has findings, which may be none.
    public boolean hasFindings() {
        return this == COMPLETE || this == ACTIVE;
    }

    public boolean isOpen() {
        return this == PENDING || this == IN_PROGRESS;
    }
}
