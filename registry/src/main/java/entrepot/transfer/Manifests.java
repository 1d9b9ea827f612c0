package entrepot.transfer;

import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.Manifest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.RegistryException;
import entrepot.upstream.UpstreamManifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Understands manifests, as far as must be known to bring what they name.
final class Manifests {

    /// In bytes.
    static final int LONGEST = 4 << 20;

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Object>> LIST = new TypeReference<>() {};

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .build();

    private Manifests() {}

    /// One of a folder.
    ///
    /// @param hint what an index says that it is; null for nothing
    /// @throws IOException if the bytes are others, or no manifest
    static UpstreamManifest read(byte[] bytes, Digest digest, @Nullable MediaType hint) throws IOException {
        var manifest = new ManifestBytes(bytes);
        var computed = manifest.digest(digest.algorithm());
        if (!computed.equals(digest)) {
            throw new IOException("the manifest is damaged: its digest is " + computed);
        }
        return new UpstreamManifest(digest, type(object(bytes), hint), manifest);
    }

    private static MediaType type(Map<String, Object> json, @Nullable MediaType hint) throws IOException {
        if (json.get("mediaType") instanceof String own && MediaType.isMediaType(own)) {
            return new MediaType(own);
        }
        if (hint != null) {
            return hint;
        }
        if (json.containsKey("config")) {
            return MediaType.OCI_MANIFEST;
        }
        if (json.containsKey("manifests")) {
            return MediaType.OCI_INDEX;
        }
        throw new IOException("it is no manifest of an image or an index");
    }

    static Manifest understood(UpstreamManifest manifest) throws IOException {
        try {
            var json = object(manifest.bytes().toByteArray());
            return Manifest.of(json, manifest.mediaType(), Law.OCI, Limits.ECR);
        } catch (RegistryException e) {
            throw new IOException("it is no manifest that can be stored", e);
        }
    }

    static Map<String, Object> object(byte[] bytes) throws IOException {
        try {
            return JSON.readValue(bytes, OBJECT);
        } catch (JacksonException e) {
            throw new IOException("it is no JSON object", e);
        }
    }

    static List<Object> list(byte[] bytes) throws IOException {
        try {
            return JSON.readValue(bytes, LIST);
        } catch (JacksonException e) {
            throw new IOException("it is no JSON array", e);
        }
    }

    static byte[] json(Object value) {
        return JSON.writeValueAsBytes(value);
    }
}
