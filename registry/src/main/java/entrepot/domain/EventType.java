package entrepot.domain;

import java.util.Arrays;
import java.util.Optional;

/// What an event is about, under the name that EventBridge has for it (`detail-type`). Source: ECR user guide, "Amazon
/// ECR events and EventBridge".
public enum EventType {
    IMAGE_ACTION("ECR Image Action"),
    /// Of an image that is about another one, such as a signature.
    REFERRER_ACTION("ECR Referrer Action"),
    IMAGE_SCAN("ECR Image Scan"),
    PULL_THROUGH_CACHE_ACTION("ECR Pull Through Cache Action"),
    REPLICATION_ACTION("ECR Replication Action");

    private final String detailType;

    EventType(String detailType) {
        this.detailType = detailType;
    }

    public static Optional<EventType> named(String detailType) {
        return Arrays.stream(values())
                .filter(type -> type.detailType.equals(detailType))
                .findFirst();
    }

    @Override
    public String toString() {
        return detailType;
    }
}
