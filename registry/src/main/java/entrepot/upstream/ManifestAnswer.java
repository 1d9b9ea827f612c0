package entrepot.upstream;

import entrepot.domain.Digest;
import entrepot.domain.Digest.Algorithm;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Reference;
import entrepot.upstream.wire.Response;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes of an answer what it says of a manifest, or nothing.
final class ManifestAnswer {

    /// Of a manifest, in bytes, as this registry takes them. Source: OCI distribution specification, "Pushing
    /// Manifests".
    static final int LONGEST = 4 << 20;

    private ManifestAnswer() {}

    /// Its digest is the one that was asked for, or that the answer has; its type is a manifest's, and the same in the
    /// answer and in the manifest.
    static UpstreamManifest read(Response answer, Reference asked) throws IOException {
        var manifest = new ManifestBytes(answer.bytes(LONGEST));
        var type = type(answer, manifest);
        var claimed = digest(answer);
        var digest = asked instanceof Digest wanted ? wanted : claimed;
        var algorithm = digest == null ? Algorithm.SHA256 : digest.algorithm();
        var computed = manifest.digest(algorithm);
        if (digest != null && !computed.equals(digest)) {
            throw UpstreamException.malformed("the manifest's digest is %s, not %s".formatted(computed, digest));
        }
        return new UpstreamManifest(computed, type, manifest);
    }

    static UpstreamHead head(Response answer) throws UpstreamException {
        if (isHtml(answer)) {
            throw UpstreamException.malformed("it answers with a page for people");
        }
        return new UpstreamHead(digest(answer), contentType(answer).orElse(null), answer.length());
    }

    private static MediaType type(Response answer, ManifestBytes manifest) throws UpstreamException {
        var json = Json.read(manifest.toByteArray());
        if (!json.isObject() || json.path("schemaVersion").asInt(0) != 2) {
            throw UpstreamException.malformed("the answer is no manifest");
        }
        var own = known(json.path("mediaType").asString(""));
        var said = contentType(answer);
        if (own.isPresent() && said.isPresent() && !own.get().equals(said.get())) {
            throw UpstreamException.malformed("the manifest is a %s, not a %s".formatted(own.get(), said.get()));
        }
        return own.or(() -> said)
                .orElseThrow(() -> UpstreamException.malformed("the answer is not of a manifest's media type"));
    }

    private static Optional<MediaType> contentType(Response answer) {
        var text = answer.header("content-type").orElse("");
        var end = text.indexOf(';');
        return known(end < 0 ? text : text.substring(0, end).strip());
    }

    private static Optional<MediaType> known(String text) {
        return Optional.of(text)
                .filter(MediaType::isMediaType)
                .map(MediaType::new)
                .filter(type -> type.isImageManifest() || type.isIndex());
    }

    private static boolean isHtml(Response answer) {
        return answer.header("content-type").orElse("").startsWith("text/html");
    }

    private static @Nullable Digest digest(Response answer) throws UpstreamException {
        var text = answer.header("docker-content-digest").orElse("");
        if (text.isEmpty()) {
            return null;
        }
        return Digest.find(text).orElseThrow(() -> UpstreamException.malformed("the answer's digest is none"));
    }
}
