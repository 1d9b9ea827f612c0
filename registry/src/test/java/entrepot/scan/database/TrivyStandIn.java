package entrepot.scan.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.ScannerDatabase.Artifact;
import entrepot.domain.ScannerRules;
import entrepot.domain.Tag;
import entrepot.scan.StandInScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/// A program that is called as Trivy is, and finds in every image of Debian 12 what its database's last line says. One
/// that has the word `broken` it cannot read.
public final class TrivyStandIn {

    public static final Artifact ARTIFACT = new Artifact("registry.example", "tools/trivy-db", new Tag("2"));

    private TrivyStandIn() {}

    public static ScannerRules in(Path folder) throws IOException {
        Files.writeString(folder.resolve("components"), StandInScanner.components("debian", "12", 3));
        var program = folder.resolve("trivy");
        Files.writeString(program, """
            #!/bin/sh
            case "$1" in
              image) cat %s/components ;;
              sbom)
                while [ "$1" != --cache-dir ]; do shift; done
                if grep -q broken "$2/db/trivy.db"; then exit 4; fi
                printf '{"SchemaVersion":2,"Results":[{"Vulnerabilities":[{"VulnerabilityID":"%%s","Severity":"HIGH"}]}]}' \\
                  "$(tail -n 1 "$2/db/trivy.db")" ;;
            esac
            """.formatted(folder), UTF_8);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new ScannerRules(
                ScannerRules.Engine.TRIVY, program, ARTIFACT, Duration.ofSeconds(30), 1, 1L << 30, false, null);
    }

    /// A database's text.
    public static String knowing(String vulnerability) {
        return "debian 12\n" + vulnerability + "\n";
    }
}
