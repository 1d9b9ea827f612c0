package entrepot.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Small images, pushed to a server or laid down as a distribution registry keeps them.
public final class Images {

    private Images() {}

    public static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    public static Digest digest(byte[] bytes) {
        return new ManifestBytes(bytes).digest(Digest.Algorithm.SHA256);
    }

    public static String image(String layer, String more) {
        var digest = digest(bytes(layer));
        return """
                {"schemaVersion": 2, "mediaType": "%s", "config": {"mediaType": "application/vnd.oci.image.config.v1+json",
                "digest": "%s", "size": %d}, "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar",
                "digest": "%s", "size": %d}]%s}""".formatted(MediaType.OCI_MANIFEST, digest(bytes("{}")), 2, digest, layer.length(), more);
    }

    static String about(String subject) {
        return ", \"subject\": " + descriptor(subject);
    }

    static String index(String... children) {
        return "{\"schemaVersion\": 2, \"mediaType\": \"%s\", \"manifests\": [%s]}"
                .formatted(
                        MediaType.OCI_INDEX,
                        String.join(
                                ", ",
                                List.of(children).stream()
                                        .map(Images::descriptor)
                                        .toList()));
    }

    private static String descriptor(String manifest) {
        return "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d}"
                .formatted(MediaType.OCI_MANIFEST, digest(bytes(manifest)), manifest.length());
    }

    static void push(RunningServer server, String repository, String tag, String manifest, String... layers) {
        server.push(repository, bytes("{}"));
        for (var layer : layers) {
            server.push(repository, bytes(layer));
        }
        var type = manifest.contains("\"manifests\"") ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
        var reference = tag.isEmpty() ? digest(bytes(manifest)).toString() : tag;
        var answer = server.send(
                "PUT",
                "/v2/%s/manifests/%s".formatted(repository, reference),
                bytes(manifest),
                "Content-Type",
                type.value());
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /// As distribution keeps it.
    public static void lay(Path root, String repository, String tag, String manifest, String... layers)
            throws IOException {
        var digest = data(root, bytes(manifest));
        data(root, bytes("{}"));
        for (var layer : layers) {
            data(root, bytes(layer));
        }
        var links = new ArrayList<>(List.of("revisions/sha256/%s/link".formatted(digest.hex())));
        if (!tag.isEmpty()) {
            links.add("tags/%s/current/link".formatted(tag));
        }
        for (var link : links) {
            var file = root.resolve("docker/registry/v2/repositories/%s/_manifests/%s".formatted(repository, link));
            Files.createDirectories(file.getParent());
            Files.writeString(file, digest.toString());
        }
    }

    public static Path file(Path root, Digest digest) {
        var hex = digest.hex();
        return root.resolve("docker/registry/v2/blobs/sha256/%s/%s/data".formatted(hex.substring(0, 2), hex));
    }

    private static Digest data(Path root, byte[] bytes) throws IOException {
        var digest = digest(bytes);
        Files.createDirectories(file(root, digest).getParent());
        Files.write(file(root, digest), bytes);
        return digest;
    }
}
