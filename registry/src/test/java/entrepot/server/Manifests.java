package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Manifests of every kind, as text, about blobs that [#CONFIG] and [#LAYER] are.
final class Manifests {

    static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    static final String OCI = "application/vnd.oci.image.manifest.v1+json";
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+json";
    static final String SCHEMA1_SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    static final byte[] CONFIG = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(UTF_8);
    static final byte[] LAYER = "one layer".getBytes(UTF_8);
    static final String ABSENT = digest("never pushed");

    private Manifests() {}

    static String digest(String text) {
        return digest(text.getBytes(UTF_8));
    }

    static String digest(byte[] bytes) {
        return new ManifestBytes(bytes).digest(Digest.Algorithm.SHA256).toString();
    }

    static String descriptor(String type, String digest, long size) {
        return """
                {"mediaType":"%s","digest":"%s","size":%d}""".formatted(type, digest, size);
    }

    static String config() {
        return descriptor("application/vnd.oci.image.config.v1+json", digest(CONFIG), CONFIG.length);
    }

    static String layer() {
        return descriptor("application/vnd.oci.image.layer.v1.tar+gzip", digest(LAYER), LAYER.length);
    }

    /// An image manifest that says what it is; `more` are further members, each with a comma before it.
    static String image(String type, String config, String layers, String more) {
        return """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]%s}""".formatted(type, config, layers, more);
    }

    static String image(String type) {
        return image(type, config(), layer(), "");
    }

    /// One that differs from all others of another note.
    static String imageWithNote(String note) {
        return image(OCI, config(), layer(), ",\"annotations\":{\"note\":\"" + note + "\"}");
    }

    static String index(String type, String... children) {
        return """
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}""".formatted(type, String.join(",", children));
    }

    /// The entry of an index for a manifest given as text.
    static String child(String type, String manifest) {
        return descriptor(type, digest(manifest), manifest.getBytes(UTF_8).length);
    }

    static String schema1() {
        return """
                {"schemaVersion":1,"name":"app","tag":"v1","architecture":"amd64","fsLayers":[{"blobSum":"%s"}],"history":[{"v1Compatibility":"{}"}]}""".formatted(digest(LAYER));
    }

    /// As libtrust formats it: the signature goes in before the last brace, and tells where.
    static String schema1Signed() {
        return schema1Signed(schema1().length() - 1, "}");
    }

    /// With a signature that says of itself to be over so many bytes of the manifest and this tail.
    static String schema1Signed(int length, String tail) {
        var payload = schema1();
        var header = "{\"formatLength\":%d,\"formatTail\":\"%s\",\"time\":\"2015-01-01T00:00:00Z\"}"
                .formatted(length, base64(tail));
        return payload.substring(0, payload.length() - 1)
                + ",\"signatures\":[{\"header\":{\"alg\":\"ES256\"},\"signature\":\"c2ln\",\"protected\":\"%s\"}]}"
                        .formatted(base64(header));
    }

    static String layers(int count) {
        return Stream.generate(Manifests::layer).limit(count).collect(Collectors.joining(","));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
