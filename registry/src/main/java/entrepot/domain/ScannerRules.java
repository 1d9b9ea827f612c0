package entrepot.domain;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What looks for vulnerabilities, and how much it may take.
///
/// @param engine [Engine#NONE] where there is nothing that does
/// @param command the program
/// @param database where what it knows comes from
/// @param timeout how long one scan may take
/// @param concurrency scans that one node makes at the same time
/// @param memory of one scan, in bytes
/// @param sbom whether what an image is made of is stored beside it
/// @param blockPull images with a finding as bad as this are not given to anybody; null for any image is
public record ScannerRules(
        Engine engine,
        Path command,
        ScannerDatabase database,
        Duration timeout,
        int concurrency,
        long memory,
        boolean sbom,
        @Nullable Severity blockPull) {

    public static final ScannerRules NONE = new ScannerRules(
            Engine.NONE,
            Path.of(""),
            new ScannerDatabase.Folder(Path.of("")),
            Duration.ofMinutes(10),
            1,
            1L << 30,
            false,
            null);

    /// Programs that can be used.
    public enum Engine {
        NONE,
        TRIVY,
        GRYPE
    }

    public boolean isThere() {
        return engine != Engine.NONE;
    }
}
