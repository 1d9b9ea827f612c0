package entrepot.scanner;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// Files that come and go while they are looked at.
final class Scratch {

    private Scratch() {}

    /// What the files below a folder have together, in bytes; no more is counted than is needed to know that it is more
    /// than `most`.
    static long size(Path folder, long most) throws IOException {
        var counting = new Counting(most);
        Files.walkFileTree(folder, counting);
        return counting.bytes;
    }

    private static final class Counting extends SimpleFileVisitor<Path> {
        private final long most;
        private long bytes;

        Counting(long most) {
            this.most = most;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            bytes += facts.size();
            return bytes > most ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
