package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import java.util.Arrays;

/// Pushes as clients do them, and what they push.
record Pushes(OciRegistry registry, String repository) {

    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    static Digest digest(byte[] bytes) {
        return digest(Digest.Algorithm.SHA256, bytes);
    }

    static Digest digest(Digest.Algorithm algorithm, byte[] bytes) {
        return Digest.of(algorithm, algorithm.newComputation().digest(bytes));
    }

    /// So many bytes, not all alike.
    static byte[] bytes(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    /// The location of a new upload.
    String begin() {
        return registry.ask("POST", "/v2/" + repository + "/blobs/uploads/")
                .send()
                .mustBe(202)
                .header("Location");
    }

    /// The bytes from `from` to before `to`, sent to where they belong.
    Reply chunk(String method, String location, byte[] bytes, int from, int to) {
        return registry.ask(method, location)
                .with("Content-Range", from + "-" + (to - 1))
                .body(Arrays.copyOfRange(bytes, from, to))
                .send();
    }

    void assertStored(Digest digest, byte[] bytes) {
        assertThat(registry.ask("GET", "/v2/" + repository + "/blobs/" + digest)
                        .send()
                        .mustBe(200)
                        .bytes())
                .isEqualTo(bytes);
    }

    Digest blob(byte[] bytes) {
        var digest = digest(bytes);
        registry.ask("PUT", begin() + "?digest=" + digest).body(bytes).send().mustBe(201);
        return digest;
    }

    Digest blob(String text) {
        return blob(text.getBytes(UTF_8));
    }

    /// An image of one layer, which is in the repository then, but for its manifest.
    String image(String content) {
        var config = "{\"of\":\"" + content + "\"}";
        blob(config);
        blob(content);
        return manifest(config.getBytes(UTF_8), content.getBytes(UTF_8), "");
    }

    static String manifest(byte[] config, byte[] layer, String more) {
        return """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
                 "layers":[{"mediaType":"%s","digest":"%s","size":%d}]%s}""".formatted(
                        OCI_MANIFEST, digest(config), config.length, LAYER_TYPE, digest(layer), layer.length, more);
    }

    static String index(String child) {
        var bytes = child.getBytes(UTF_8);
        return """
                {"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"%s","digest":"%s","size":%d}]}""".formatted(OCI_INDEX, OCI_MANIFEST, digest(bytes), bytes.length);
    }

    Reply manifest(String reference, String manifest) {
        return manifest(reference, manifest, OCI_MANIFEST);
    }

    Reply manifest(String reference, String manifest, String type) {
        return registry.ask("PUT", "/v2/" + repository + "/manifests/" + reference)
                .with("Content-Type", type)
                .body(manifest)
                .send();
    }

    /// The digest of an image that is wholly pushed.
    String tagged(String tag) {
        return manifest(tag, image(tag)).mustBe(201).header("Docker-Content-Digest");
    }
}
