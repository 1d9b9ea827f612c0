package entrepot.http.body;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/// Makes the files of [Spool]s.
@FunctionalInterface
public interface SpoolFolder {

    /// A new and empty file, gone when it is closed. On Unix it has no name as soon as it is open, so that it is
    /// gone with the process too.
    FileChannel newFile() throws IOException;

    /// Files in this folder, which is made when the first one is needed.
    static SpoolFolder in(Path folder) {
        var options = Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return () -> {
            Files.createDirectories(folder);
            return FileChannel.open(folder.resolve(UUID.randomUUID().toString()), options, ownerOnly);
        };
    }
}
