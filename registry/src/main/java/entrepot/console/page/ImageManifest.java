package entrepot.console.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.ManifestBytes;
import entrepot.domain.StoredManifest;
import entrepot.operation.image.ImageView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// What a manifest says, as far as a page shows it. Its texts are whatever somebody pushed.
///
/// @param text as it was pushed
public record ImageManifest(String text, JsonNode json) {

    /// In bytes; of a longer manifest nothing is shown.
    static final int LONGEST = 1 << 20;

    /// Part of an image.
    ///
    /// @param mediaType what it is called; empty if it says nothing
    /// @param platform such as `linux/arm64`; empty if it says nothing
    public record Descriptor(String mediaType, String digest, long size, String platform) {}

    /// @param longest in bytes; a longer one says nothing
    static ImageManifest of(ImageView image, int longest) {
        var text = image.imageManifest().length() > longest ? "" : text(image);
        return new ImageManifest(text, BoundedJson.read(text));
    }

    private static String text(ImageView image) {
        return switch (image.imageManifest()) {
            case ManifestBytes bytes -> bytes.text();
            case StoredManifest stored -> new String(stored.read(0, stored.length()), UTF_8);
        };
    }

    /// Whether it names other images rather than layers.
    public boolean isIndex() {
        return json.path("manifests").isArray();
    }

    public Descriptor config() {
        return descriptor(json.path("config"));
    }

    public List<Descriptor> layers() {
        return descriptors("layers");
    }

    /// The images that an index names.
    public List<Descriptor> children() {
        return descriptors("manifests");
    }

    /// What the images of an index run on.
    List<String> platforms() {
        return children().stream()
                .map(Descriptor::platform)
                .filter(platform -> !platform.isEmpty() && !platform.equals("unknown/unknown"))
                .distinct()
                .toList();
    }

    private List<Descriptor> descriptors(String name) {
        return StreamSupport.stream(json.path(name).spliterator(), false)
                .map(ImageManifest::descriptor)
                .toList();
    }

    private static Descriptor descriptor(JsonNode node) {
        return new Descriptor(
                node.path("mediaType").asString(""),
                node.path("digest").asString(""),
                node.path("size").asLong(0),
                platform(node.path("platform")));
    }

    /// As Docker writes it: `os/architecture/variant`.
    static String platform(JsonNode node) {
        var parts = new ArrayList<String>();
        for (var name : List.of("os", "architecture", "variant")) {
            var part = node.path(name).asString("");
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
