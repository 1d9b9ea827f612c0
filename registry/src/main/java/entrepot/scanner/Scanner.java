package entrepot.scanner;

import entrepot.domain.Finding;
import entrepot.domain.ImageScan;
import entrepot.domain.ScannerRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An engine within its limits.
///
/// @param name of what it knows, where it is known by another one than the engine gives it; else null
public record Scanner(
        ScanEngine engine, ScannerRules rules, @Nullable String name) {

    /// Of nothing.
    private static final String NO_COMPONENTS =
            "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":[]}";

    public Scanner(ScanEngine engine, ScannerRules rules) {
        this(engine, rules, null);
    }

    /// One with the engine that the rules name.
    ///
    /// @param database its folder
    public static Scanner of(ScannerRules rules, Path database, @Nullable String name) {
        return new Scanner(
                switch (rules.engine()) {
                    case GRYPE -> new Grype(rules.command(), database);
                    case TRIVY -> new Trivy(rules.command(), database);
                    case NONE -> throw new IllegalArgumentException("there is no scanner");
                },
                rules,
                name);
    }

    /// The vulnerabilities that it knows.
    public ImageScan.Source source() throws IOException {
        var told = engine.source();
        return name == null ? told : new ImageScan.Source(name, told.updatedAt());
    }

    public boolean knows(Components.OperatingSystem system) throws IOException {
        return engine.knows(system);
    }

    /// Finds out what an image is made of.
    ///
    /// @param layout where it lies
    /// @param work a folder for the scanner's own files
    /// @return a file in it, in CycloneDX
    public Path list(Path layout, Path work, Runnable alive) throws IOException, InterruptedException {
        var components = work.resolve("components.json");
        process(work, alive).run(engine.listing(layout), engine.environment(), components);
        return components;
    }

    /// Finds what is vulnerable of that.
    public void match(Path components, Path work, Runnable alive, Consumer<Finding> findings)
            throws IOException, InterruptedException {
        var report = work.resolve("report.json");
        process(work, alive).run(engine.matching(components), engine.environment(), report);
        engine.read(report, findings);
    }

    /// Sees whether it can use what it knows at all.
    ///
    /// @throws ScanFailedException if it cannot
    public void prove(Path work) throws IOException, InterruptedException {
        engine.source();
        match(Files.writeString(work.resolve("nothing.json"), NO_COMPONENTS), work, () -> {}, _ -> {});
    }

    private ScannerProcess process(Path work, Runnable alive) {
        return new ScannerProcess(work, rules.timeout(), rules.memory(), alive);
    }
}
