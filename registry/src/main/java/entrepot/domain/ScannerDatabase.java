package entrepot.domain;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where a scanner's vulnerabilities come from.
public sealed interface ScannerDatabase {

    /// A folder of this machine, which somebody else keeps up to date.
    record Folder(Path path) implements ScannerDatabase {

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /// What a registry has under a tag, which is fetched whenever the tag is moved. Source: OCI distribution
    /// specification, `<name>`.
    ///
    /// @param host with or without a port
    /// @param repository without the host
    record Artifact(String host, String repository, Tag tag) implements ScannerDatabase {

        private static final String SCHEME = "oci://";

        private static final Pattern FORM =
                Pattern.compile("oci://([A-Za-z0-9._-]+(?::[0-9]{1,5})?)/([a-z0-9._/-]{1,256})"
                        + ":([A-Za-z0-9_][A-Za-z0-9._-]{0,127})");

        @Override
        public String toString() {
            return SCHEME + host + "/" + repository + ":" + tag;
        }
    }

    /// As the configuration has it.
    ///
    /// @throws IllegalArgumentException if it names a registry in another form
    static ScannerDatabase parse(String text) {
        if (!text.startsWith(Artifact.SCHEME)) {
            return new Folder(Path.of(text));
        }
        var form = Artifact.FORM.matcher(text);
        if (!form.matches() || !RepositoryName.isName(form.group(2))) {
            throw new IllegalArgumentException("must be a folder, or oci://HOST/REPOSITORY:TAG");
        }
        return new Artifact(form.group(1), form.group(2), new Tag(form.group(3)));
    }
}
