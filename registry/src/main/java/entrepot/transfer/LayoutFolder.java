package entrepot.transfer;

import entrepot.domain.Digest;
import entrepot.domain.Tag;
import entrepot.upstream.UpstreamManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An OCI layout that is written. What is in it already stays, but for a tag that is given anew. Source: OCI image
/// layout specification.
public final class LayoutFolder {

    private static final byte[] VERSION = Manifests.json(Map.of("imageLayoutVersion", "1.0.0"));
    private static final int LONGEST_INDEX = 64 << 20;

    private final Path root;
    private final List<Map<?, ?>> entries = new ArrayList<>();

    /// @param folder which is made, or holds a layout
    /// @throws IOException if it holds something else
    public LayoutFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        this.root = folder.toRealPath();
        var safe = new SafeFolder(root);
        if (safe.has(LayoutRepository.INDEX)) {
            var index = Manifests.object(safe.bytes(LayoutRepository.INDEX, LONGEST_INDEX));
            if (index.get("manifests") instanceof List<?> known) {
                known.forEach(entry -> entries.add((Map<?, ?>) entry));
            }
        } else {
            requireEmpty();
        }
    }

    private void requireEmpty() throws IOException {
        try (var files = Files.list(root)) {
            if (files.anyMatch(file -> !isOurs(file))) {
                throw new IOException(root + " is not empty, and no OCI layout");
            }
        }
    }

    /// Of an export that was cut off.
    private static boolean isOurs(Path file) {
        return file.endsWith("blobs")
                || file.endsWith(LayoutRepository.MARKER)
                || file.toString().endsWith(".part");
    }

    boolean has(Digest digest) {
        return Files.isRegularFile(root.resolve(SafeFolder.blob(digest)));
    }

    /// Bytes that are verified by their reader; they have their name when they are whole.
    void put(Digest digest, InputStream bytes) throws IOException {
        var file = root.resolve(SafeFolder.blob(digest));
        Files.createDirectories(file.getParent());
        var part = file.resolveSibling(digest.hex() + ".part");
        try {
            Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Has the index name a manifest.
    ///
    /// @param tag null for none
    void enter(UpstreamManifest manifest, @Nullable Tag tag) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("mediaType", manifest.mediaType().value());
        entry.put("digest", manifest.digest().toString());
        entry.put("size", manifest.bytes().length());
        if (tag != null) {
            entry.put("annotations", Map.of(LayoutRepository.TAG, tag.name()));
            entries.removeIf(other -> tag.name().equals(name(other)));
        }
        if (!entries.contains(entry)) {
            entries.add(entry);
        }
    }

    private static @Nullable Object name(Map<?, ?> entry) {
        return entry.get("annotations") instanceof Map<?, ?> annotations ? annotations.get(LayoutRepository.TAG) : null;
    }

    /// Makes it a layout: readers see it as it was before, or as it is now.
    void write() throws IOException {
        write(LayoutRepository.MARKER, VERSION);
        var index = new LinkedHashMap<String, Object>();
        index.put("schemaVersion", 2);
        index.put("mediaType", "application/vnd.oci.image.index.v1+json");
        index.put("manifests", entries);
        write(LayoutRepository.INDEX, Manifests.json(index));
    }

    private void write(String name, byte[] bytes) throws IOException {
        var part = root.resolve(name + ".part");
        Files.write(part, bytes);
        try (var file = FileChannel.open(part, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        Files.move(part, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
