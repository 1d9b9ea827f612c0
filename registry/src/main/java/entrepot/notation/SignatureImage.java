package entrepot.notation;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/// A signature as an image that is about another one. Source: Notary Project, "OCI Signatures".
///
/// @param envelope its one layer
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record SignatureImage(ManifestBytes manifest, byte[] envelope) {

    /// What such images have as a configuration. Source: OCI image specification, "Guidance for an Empty Descriptor".
    private static final byte[] EMPTY = "{}".getBytes(UTF_8);

    private static final String EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
    private static final String ARTIFACT_TYPE = "application/vnd.cncf.notary.signature";
    private static final String THUMBPRINTS = "io.cncf.notary.x509chain.thumbprint#S256";
    private static final String CREATED = "org.opencontainers.image.created";

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Signs.
    ///
    /// @param target the manifest that is meant
    public static SignatureImage make(SigningKey key, Format format, Descriptor target, Instant at) {
        var envelope = format.envelope(key, target, at);
        var members = new LinkedHashMap<String, Object>();
        members.put("schemaVersion", 2);
        members.put("mediaType", MediaType.OCI_MANIFEST.value());
        members.put("artifactType", ARTIFACT_TYPE);
        members.put("config", descriptor(EMPTY_TYPE, EMPTY));
        members.put("layers", List.of(descriptor(format.mediaType(), envelope)));
        members.put("subject", descriptor(target));
        members.put("annotations", annotations(key, at));
        return new SignatureImage(new ManifestBytes(JSON.writeValueAsBytes(members)), envelope);
    }

    private static Map<String, String> annotations(SigningKey key, Instant at) {
        var thumbprints = key.chain().stream()
                .map(SignatureImage::hash)
                .map(hash -> HexFormat.of().formatHex(hash))
                .toList();
        return Map.of(
                THUMBPRINTS,
                JSON.writeValueAsString(thumbprints),
                CREATED,
                at.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static byte[] hash(byte[] bytes) {
        return Digest.Algorithm.SHA256.newComputation().digest(bytes);
    }

    private static Map<String, Object> descriptor(String type, byte[] bytes) {
        return descriptor(new Descriptor(type, digest(bytes), bytes.length, false));
    }

    private static Map<String, Object> descriptor(Descriptor descriptor) {
        var members = new LinkedHashMap<String, Object>();
        members.put("mediaType", descriptor.mediaType());
        members.put("digest", descriptor.digest().toString());
        members.put("size", descriptor.size());
        return members;
    }

    /// Of a blob.
    public static Digest digest(byte[] bytes) {
        return Digest.of(Digest.Algorithm.SHA256, Objects.requireNonNull(hash(bytes)));
    }

    /// The configuration's bytes.
    public static byte[] empty() {
        return EMPTY.clone();
    }
}
