package entrepot.transfer;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// A folder that somebody else filled. Only plain files below it are read: nothing that a symbolic link leads to,
/// wherever on the way it is, no device, and nothing outside.
record SafeFolder(Path root) implements SourceFiles {

    /// @throws IOException if there is no such folder
    static SafeFolder at(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder");
        }
        return new SafeFolder(folder.toRealPath());
    }

    /// A plain file.
    ///
    /// @throws IOException if it is none, or not below the folder
    Path file(String relative) throws IOException {
        var file = root.resolve(relative).normalize();
        if (!file.startsWith(root) || !file.toRealPath().equals(file)) {
            throw new IOException(relative + " is a symbolic link, or behind one, which is not followed");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(relative);
        }
        return file;
    }

    /// A file's bytes.
    ///
    /// @throws IOException also if there are more
    @Override
    public byte[] bytes(String relative, int most) throws IOException {
        try (var in = Files.newInputStream(file(relative), LinkOption.NOFOLLOW_LINKS)) {
            var bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException("%s has more than %d bytes".formatted(relative, most));
            }
            return bytes;
        }
    }

    @Override
    public Content content(String relative) throws IOException {
        var file = file(relative);
        return new Content.FileRegion(file, 0, Files.size(file));
    }

    @Override
    public boolean has(String relative) {
        return Files.isRegularFile(root.resolve(relative), LinkOption.NOFOLLOW_LINKS);
    }

    /// Where the blob of a digest is in an OCI layout.
    static String blob(Digest digest) {
        return "blobs/%s/%s".formatted(digest.algorithm().prefix(), digest.hex());
    }

    /// The names in a folder, sorted; none if there is no folder.
    @Override
    public List<String> names(String relative) throws IOException {
        var folder = root.resolve(relative);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public List<String> having(String folder, String entry) throws IOException {
        return at(root.resolve(folder)).having(entry);
    }

    /// Folders at any depth that have an entry of this name, as paths from the root, sorted. What is below one is not
    /// looked at unless it is a folder of its own.
    List<String> having(String entry) throws IOException {
        var found = new ArrayList<String>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (Files.exists(folder.resolve(entry), LinkOption.NOFOLLOW_LINKS)) {
                    found.add(root.relativize(folder).toString());
                }
                var name = folder.getFileName().toString();
                var isOurs = name.startsWith("_") || name.startsWith(".") || name.equals("blobs");
                return isOurs && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }
}
