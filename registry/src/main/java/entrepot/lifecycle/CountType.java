package entrepot.lifecycle;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a rule counts. Source: ECR user guide, "Lifecycle policy properties", Count type.
public enum CountType {
    IMAGE_COUNT_MORE_THAN("imageCountMoreThan", "Image count more than"),
    SINCE_IMAGE_PUSHED("sinceImagePushed", "Since image pushed"),
    SINCE_IMAGE_PULLED("sinceImagePulled", "Since image pulled"),
    SINCE_IMAGE_TRANSITIONED("sinceImageTransitioned", "Since image transitioned");

    private final String written;
    private final String prose;

    CountType(String written, String prose) {
        this.written = written;
        this.prose = prose;
    }

    static Optional<CountType> named(@Nullable Object written) {
        return Arrays.stream(values())
                .filter(type -> type.written.equals(written))
                .findFirst();
    }

    /// As a policy has it.
    public String written() {
        return written;
    }

    /// As the record of a run has it.
    public String prose() {
        return prose;
    }

    /// Whether days are counted, not images.
    public boolean countsDays() {
        return this != IMAGE_COUNT_MORE_THAN;
    }
}
