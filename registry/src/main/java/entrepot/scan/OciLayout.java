package entrepot.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;
import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.Manifest;
import entrepot.domain.Metered;
import entrepot.domain.StoredLayer;
import entrepot.scanner.ScanFailedException;
import entrepot.store.NoSuchBlobException;
import entrepot.store.StorageFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// An image as a folder, for whoever reads no registry: its blobs are links to those that are stored, where they lie as
/// they are in a file beside, and copies else. Source: OCI image specification, "Image Layout Specification".
///
/// @param alive is told every 20 s or so while it is copied
record OciLayout(ScanMeans means, Path folder, Runnable alive) {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /// Gives the folder.
    ///
    /// @throws ScanFailedException if it is not there as a whole
    Path write(ScanTarget target) throws IOException {
        WorkFolders.make(folder);
        var bytes = target.manifest();
        var image = target.image();
        var manifest = Manifest.of(JSON.readValue(bytes.toByteArray(), OBJECT), image.mediaType(), Law.OCI, Limits.ECR);
        var digests =
                manifest.blobs().stream().map(Descriptor::digest).distinct().toList();
        var layers = target.layers(digests);
        for (var digest : digests) {
            var layer = layers.get(digest);
            if (layer == null || !layer.isWhole()) {
                throw new ScanFailedException("The image has a layer that is not stored here: " + digest);
            }
            write(target, layer);
        }
        Files.write(file(image.digest()), bytes.toByteArray());
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(
                folder.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}]}"
                        .formatted(image.mediaType(), image.digest(), bytes.length()),
                UTF_8);
        return folder;
    }

    private Path file(Digest digest) throws IOException {
        var name = digest.toString().split(":", -1);
        return Files.createDirectories(folder.resolve("blobs").resolve(name[0])).resolve(name[1]);
    }

    private void write(ScanTarget target, StoredLayer layer) throws IOException {
        means.vault().require(target.repository(), layer.keys());
        try {
            var content = means.vault().endedBlobs(layer.keys()).open(layer.key(), layer.size(), 0, layer.size());
            var file = file(layer.digest());
            if (!(content instanceof Content.FileRegion region) || !isLinked(region.file(), file)) {
                copy(content, file);
            }
        } catch (NoSuchBlobException e) {
            throw new ScanFailedException("The image has a layer that is damaged: " + layer.digest());
        }
    }

    /// Another file system has no link to it.
    private static boolean isLinked(Path stored, Path file) throws IOException {
        try {
            Files.createLink(file, stored);
            return true;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void copy(Content content, Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new Metered(content, new Passing()).writeTo(channel);
        } catch (StorageFullException e) {
            throw new ScanFailedException("There is no room to unpack the image");
        }
    }

    private final class Passing implements Metered.Meter {
        private static final long SECONDS = 20;
        private static final long ASKS_AFTER = 16L << 20;
        private long told = System.nanoTime();
        private long copied;

        @Override
        public void before(int bytes) throws IOException {
            copied += bytes;
            if (copied > ASKS_AFTER) {
                copied = 0;
                means.reserve().require();
            }
        }

        @Override
        public void after(ByteBuffer bytes) {
            if (System.nanoTime() - told > TimeUnit.SECONDS.toNanos(SECONDS)) {
                told = System.nanoTime();
                alive.run();
            }
        }
    }
}
