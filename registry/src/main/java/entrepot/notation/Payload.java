package entrepot.notation;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Descriptor;

/// What is signed: that this artifact is meant. Source: Notary Project, "Signature Specification", "Payload".
final class Payload {

    private Payload() {}

    static byte[] of(Descriptor target) {
        return "{\"targetArtifact\":%s}".formatted(json(target)).getBytes(UTF_8);
    }

    /// A media type has no character that JSON writes otherwise.
    static String json(Descriptor target) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(target.mediaType(), target.digest(), target.size());
    }
}
