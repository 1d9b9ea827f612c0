package entrepot.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFoldersTest {

    @TempDir
    Path folder;

    /// Its owner may not, either, unless he may do all.
    @Test
    void folders_that_may_not_be_read_or_changed_are_deleted_and_what_links_lead_to_is_not() throws IOException {
        var kept = Files.createDirectories(folder.resolve("kept"));
        Files.writeString(kept.resolve("file"), "x");
        var work = folder.resolve("work");
        var inner = Files.createDirectories(work.resolve("outer/inner"));
        Files.writeString(inner.resolve("file"), "x");
        Files.createSymbolicLink(inner.resolve("link"), kept);
        for (var each : new Path[] {inner, inner.resolveSibling("beside"), work.resolve("outer")}) {
            Files.createDirectories(each);
            var mode = each.endsWith("beside") ? "r-xr-xr-x" : "---------";
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(mode));
        }
        WorkFolders.delete(work);

        assertThat(work).doesNotExist();
        assertThat(kept.resolve("file")).hasContent("x");
    }
}
