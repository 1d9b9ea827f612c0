package entrepot.scan;

import entrepot.domain.ImageScan;
import entrepot.domain.ScanStatus;
import entrepot.scanner.Components;
import java.time.Duration;
import java.time.Instant;

/// What is said of scans. Source: ECR's own words, where it has some.
final class ScanWords {

    static final String UNSUPPORTED =
            "UnsupportedImageError: The operating system and/or package manager are not supported.";

    private static final Duration FRESH = Duration.ofDays(5);

    private ScanWords() {}

    static String unknown(Components.OperatingSystem system) {
        return UNSUPPORTED + " The vulnerability database does not know %s.".formatted(system);
    }

    /// Says of old vulnerabilities how old they are.
    static String ended(ScanStatus status, ImageScan.Source source, Instant now) {
        var words = status == ScanStatus.ACTIVE
                ? "Continuous scan is selected for image."
                : "The scan was completed successfully.";
        var age = Duration.between(source.updatedAt(), now);
        return age.compareTo(FRESH) < 0
                ? words
                : words + " The vulnerability database is %d days old.".formatted(age.toDays());
    }
}
