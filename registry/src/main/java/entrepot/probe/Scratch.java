package entrepot.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Digest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A repository that is written to, and what is written.
///
/// @param name that nobody else uses
record Scratch(Probing probing, String name) {

    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String CONFIG = "{\"architecture\":\"amd64\",\"os\":\"linux\"}";
    static final String LAYER = "a layer";
    static final String ABSENT = digest("never pushed");

    static String digest(String text) {
        var bytes = Digest.Algorithm.SHA256.newComputation().digest(text.getBytes(UTF_8));
        return Digest.of(Digest.Algorithm.SHA256, bytes).toString();
    }

    /// An input about this repository, of names and values by turns; without those that are null.
    Map<String, Object> input(Object... members) {
        var input = new LinkedHashMap<String, Object>();
        input.put("repositoryName", name);
        for (int i = 0; i < members.length; i += 2) {
            input.put(String.valueOf(members[i]), members[i + 1]);
        }
        return input;
    }

    Heard see(String operation, String point, Expectation expected, Object... members) {
        return probing.see(operation, point, input(members), expected);
    }

    static String image(String layers, String more) {
        return """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]%s}""".formatted(IMAGE, descriptor("application/vnd.oci.image.config.v1+json", CONFIG), layers, more);
    }

    /// One that no other is equal to.
    static String image(String note) {
        return image(layer(), ",\"annotations\":{\"note\":\"" + note + "\"}");
    }

    static String layer() {
        return descriptor("application/vnd.oci.image.layer.v1.tar+gzip", LAYER);
    }

    static String index(String child) {
        return """
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}""".formatted(INDEX, child);
    }

    static String descriptor(String type, String content) {
        return descriptor(type, digest(content), content.getBytes(UTF_8).length);
    }

    static String descriptor(String type, String digest, int size) {
        return """
                {"mediaType":"%s","digest":"%s","size":%d}""".formatted(type, digest, size);
    }

    static List<Map<String, String>> tagged(String tag) {
        return List.of(Map.of("imageTag", tag));
    }

    String begin() {
        return see("InitiateLayerUpload", "an upload", Expectation.good())
                .json()
                .path("uploadId")
                .asString("none");
    }

    Heard part(String point, String upload, long first, String text, Expectation expected) {
        return see(
                "UploadLayerPart",
                point,
                expected,
                "uploadId",
                upload,
                "partFirstByte",
                first,
                "partLastByte",
                first + text.length() - 1,
                "layerPartBlob",
                Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    Heard complete(String point, String upload, String digest, Expectation expected) {
        return see("CompleteLayerUpload", point, expected, "uploadId", upload, "layerDigests", List.of(digest));
    }

    void push(String content) {
        var upload = begin();
        part("the first part", upload, 0, content, Expectation.good());
        complete("a layer", upload, digest(content), Expectation.good());
    }

    Heard put(String point, String manifest, String tag, Expectation expected) {
        return see(
                "PutImage",
                point,
                expected,
                "imageManifest",
                manifest,
                "imageManifestMediaType",
                manifest.contains("\"manifests\"") ? INDEX : IMAGE,
                "imageTag",
                tag);
    }
}
