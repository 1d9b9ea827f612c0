package entrepot.scan;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Folders for their owner alone, which are gone when what is done in them has ended.
public final class WorkFolders {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(OWNER);

    private static final Logger LOG = LoggerFactory.getLogger(WorkFolders.class);

    private WorkFolders() {}

    /// Empty, whatever was there.
    public static void make(Path folder) throws IOException {
        delete(folder);
        Files.createDirectories(folder, OWNER_ONLY);
    }

    /// With all that is in it, as an image has it: also folders that nobody may read or change. No link is
    /// followed.
    public static void delete(Path folder) throws IOException {
        var opened = new HashSet<Path>();
        var isFirst = true;
        while (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            var before = opened.size();
            var deleting = new Deleting(opened);
            Files.walkFileTree(folder, deleting);
            if (deleting.failed != null && !isFirst && opened.size() == before) {
                throw deleting.failed;
            }
            isFirst = false;
        }
    }

    /// Deletes what it can, and opens folders that cannot be read for the next time.
    private static final class Deleting extends SimpleFileVisitor<Path> {
        private final Set<Path> opened;
        private @Nullable IOException failed;

        Deleting(Set<Path> opened) {
            this.opened = opened;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes facts) {
            open(each);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            return delete(file);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e) {
            return delete(each);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            if (!(e instanceof NoSuchFileException)) {
                failed = e;
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && opened.add(file)) {
                    open(file);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult delete(Path each) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                failed = e;
            }
            return FileVisitResult.CONTINUE;
        }

        private static void open(Path folder) {
            try {
                Files.setPosixFilePermissions(folder, OWNER);
            } catch (IOException e) {
                LOG.debug("{} stays as it is", folder, e); // and is deleted, or that fails
            }
        }
    }
}
