package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.stream.Collectors;

/// An image manifest unlike any other, and a tag for it.
record TaggedManifest(String tag, String manifest) {
    static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";
    static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// @param number of the manifest, which is in an annotation and in the tag
    /// @param stored the config, then the layers
    static TaggedManifest of(int number, List<Blob> stored) {
        var layers = stored.stream()
                .skip(1)
                .map(layer -> descriptor(LAYER_TYPE, layer))
                .collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]"));
        var config = descriptor(CONFIG_TYPE, stored.getFirst());
        var text = """
                {
                  "schemaVersion": 2,
                  "mediaType": "%s",
                  "config": %s,
                  "layers": %s,
                  "annotations": {"org.opencontainers.image.version": "%d"}
                }""".formatted(MEDIA_TYPE, config, layers, number);
        return new TaggedManifest("v" + number, text);
    }

    String digest() {
        return "sha256:" + Hash.sha256(manifest.getBytes(US_ASCII));
    }

    private static String descriptor(String mediaType, Blob blob) {
        return "{\"mediaType\": \"%s\", \"size\": %d, \"digest\": \"%s\"}"
                .formatted(mediaType, blob.size(), blob.digest());
    }
}
