package entrepot.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A manifest that a client pushes.
///
/// @param layers config and layers, by their digests; none for an index
/// @param children of an index, none for an image
/// @param referral what it says of itself to those who look at its subject; none for most
public record ModelManifest(
        String text,
        String type,
        Map<String, String> layers,
        List<ModelManifest> children,
        @Nullable Referral referral) {

    /// @param subject its digest
    record Referral(String subject, String artifactType) {}

    public static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar";

    /// One that differs from those of another note.
    ///
    /// @param layers contents; maybe none, or the same twice
    public static ModelManifest image(String note, String config, List<String> layers) {
        var all = layers.stream().map(layer -> descriptor(LAYER_TYPE, layer)).collect(Collectors.joining(","));
        var text = """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s],"annotations":{"note":"%s"}}""".formatted(IMAGE, descriptor(CONFIG_TYPE, config), all, note);
        var contents = layers.stream().distinct().collect(Collectors.toMap(ModelManifest::sha256, layer -> layer));
        contents.put(sha256(config), config);
        return new ModelManifest(text, IMAGE, contents, List.of(), null);
    }

    public static ModelManifest index(List<ModelManifest> children) {
        var all = children.stream()
                .map(child -> descriptor(child.type(), child.text()))
                .collect(Collectors.joining(","));
        var text = """
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}""".formatted(INDEX, all);
        return new ModelManifest(text, INDEX, Map.of(), children, null);
    }

    /// An image that is about a manifest, which need not be there.
    static ModelManifest referrer(ModelManifest subject, String artifactType) {
        var text = """
                {"schemaVersion":2,"mediaType":"%s","artifactType":"%s","config":%s,"layers":[%s],"subject":%s}""".formatted(
                        IMAGE,
                        artifactType,
                        descriptor(CONFIG_TYPE, "{}"),
                        descriptor(LAYER_TYPE, "a"),
                        descriptor(subject.type(), subject.text()));
        var contents = Map.of(sha256("{}"), "{}", sha256("a"), "a");
        return new ModelManifest(text, IMAGE, contents, List.of(), new Referral(subject.digest(), artifactType));
    }

    public String digest() {
        return sha256(text);
    }

    public boolean isImageWithoutLayers() {
        return type.equals(IMAGE) && text.contains("\"layers\":[]");
    }

    /// ECR's `imageSizeInBytes`.
    long size() {
        var own = layers.values().stream().mapToLong(String::length).sum();
        return own + children.stream().mapToLong(ModelManifest::size).max().orElse(0);
    }

    public static String sha256(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String descriptor(String type, String content) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(type, sha256(content), content.length());
    }
}
