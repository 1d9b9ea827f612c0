package entrepot.store.disk;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore.Lying;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What lies in the folder of blobs and in the folders in it, one of these after the other. What goes meanwhile is left
/// out: others write here, and a walk of the JDK's ends where it meets such a file.
///
/// @param blobs the folder
record DiskListing(Path blobs) {

    Stream<Lying> all() throws IOException {
        return names(blobs).stream().flatMap(this::within);
    }

    /// What is no folder lies there itself.
    private Stream<Lying> within(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return Stream.ofNullable(lying(path));
            }
            var found = new ArrayList<Lying>();
            for (var name : names(path)) {
                var lying = lying(name);
                if (lying != null) {
                    found.add(lying);
                }
            }
            return found.stream();
        } catch (AccessDeniedException e) { // such as the `lost+found` of a file system of their own
            return foreign(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<Lying> foreign(Path folder) {
        return Stream.of(new Lying(blobs.relativize(folder).toString(), null, 0, Instant.EPOCH));
    }

    private static List<Path> names(Path folder) throws IOException {
        try (var names = Files.newDirectoryStream(folder)) {
            var all = new ArrayList<Path>();
            names.forEach(all::add);
            return all;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /// Null where it is gone.
    private @Nullable Lying lying(Path path) throws IOException {
        try {
            var facts = Files.readAttributes(path, BasicFileAttributes.class);
            var key = facts.isRegularFile() ? key(path) : null;
            return new Lying(
                    blobs.relativize(path).toString(),
                    key,
                    facts.size(),
                    facts.lastModifiedTime().toInstant());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private @Nullable BlobKey key(Path path) {
        var name = path.getFileName().toString();
        if (!BlobKey.isKey(name)) {
            return null;
        }
        var key = new BlobKey(name);
        return DiskBlobStore.folder(blobs, key).equals(path.getParent()) ? key : null;
    }
}
