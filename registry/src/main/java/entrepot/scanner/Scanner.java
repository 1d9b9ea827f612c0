package entrepot.scanner;

import entrepot.domain.Finding;
import entrepot.domain.ImageScan;
import entrepot.domain.ScannerRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// An engine within its limits.
public record Scanner(ScanEngine engine, ScannerRules rules) {

    public static Scanner of(ScannerRules rules) {
        return new Scanner(
                switch (rules.engine()) {
                    case GRYPE -> new Grype(rules.command(), rules.database());
                    case TRIVY -> new Trivy(rules.command(), rules.database());
                    case NONE -> throw new IllegalArgumentException("there is no scanner");
                },
                rules);
    }

    /// The vulnerabilities that it knows at this moment.
    public ImageScan.Source source() throws IOException {
        return engine.source();
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

    private ScannerProcess process(Path work, Runnable alive) {
        return new ScannerProcess(work, rules.timeout(), rules.memory(), alive);
    }
}
