package entrepot.scanner;

import entrepot.domain.Finding;
import entrepot.domain.ImageScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A program that looks for vulnerabilities, in two steps: what an image is made of, and what of that is vulnerable.
/// The
/// second one can be made again without the image. Neither needs a network.
public interface ScanEngine {

    /// Writes what an image is made of to its output, as CycloneDX in JSON.
    ///
    /// @param layout a folder, an OCI image layout with one image
    List<String> listing(Path layout);

    /// Writes what is vulnerable to its output, for [#read].
    ///
    /// @param components a file that [#listing] wrote
    List<String> matching(Path components);

    /// What it is told besides.
    Map<String, String> environment();

    /// The vulnerabilities that it knows at this moment.
    ///
    /// @throws ScanFailedException if there are none to be had
    ImageScan.Source source() throws IOException;

    /// Whether it knows of the packages of a release. What is not known has no findings, which must not look as if
    /// there were none to find.
    boolean knows(Components.OperatingSystem system) throws IOException;

    /// Gives each finding of a report to somebody.
    ///
    /// @throws ScanFailedException if it is no report
    void read(Path report, Consumer<Finding> findings) throws IOException;
}
