package entrepot.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One JSON object of a manifest. Whatever is not as the format says is [RegistryError.InvalidManifest#SYNTAX]:
/// ECR has one text for all of it.
record ManifestObject(Map<String, ?> members, Law law) {

    static RegistryException malformed() {
        return new RegistryException(RegistryError.InvalidManifest.SYNTAX);
    }

    void requireVersion(int version) {
        if (!Integer.valueOf(version).equals(members.get("schemaVersion"))) {
            throw malformed();
        }
    }

    void requireAbsent(String name) {
        if (members.containsKey(name)) {
            throw malformed();
        }
    }

    Descriptor descriptor(String name) {
        return object(members.get(name)).descriptor();
    }

    List<ManifestObject> objects(String name) {
        if (!(members.get(name) instanceof List<?> list)) {
            throw malformed();
        }
        var objects = new ArrayList<ManifestObject>();
        list.forEach(item -> objects.add(object(item)));
        return objects;
    }

    Optional<String> artifactType() {
        return members.containsKey("artifactType") ? Optional.of(mediaType("artifactType")) : Optional.empty();
    }

    Optional<Descriptor> subject() {
        return members.containsKey("subject") ? Optional.of(descriptor("subject")) : Optional.empty();
    }

    /// Those that are texts, as all must be; what else may stand there has no meaning.
    Map<String, String> annotations() {
        var texts = new LinkedHashMap<String, String>();
        if (members.get("annotations") instanceof Map<?, ?> annotations) {
            annotations.forEach((name, value) -> {
                if (value instanceof String text) {
                    texts.put((String) name, text);
                }
            });
        }
        return texts;
    }

    Descriptor descriptor() {
        return new Descriptor(mediaType("mediaType"), digest("digest"), size(), hasUrls());
    }

    Descriptor schema1Layer() {
        return new Descriptor(
                "application/vnd.docker.container.image.rootfs.diff+x-gtar", digest("blobSum"), -1, false);
    }

    private String mediaType(String name) {
        if (!(members.get(name) instanceof String text)
                || !MediaType.isMediaType(text)
                || (new MediaType(text).hasParameters() && !law.allowsMediaTypeParameters())) {
            throw malformed();
        }
        return text;
    }

    private Digest digest(String name) {
        if (!(members.get(name) instanceof String text)) {
            throw malformed();
        }
        return Digest.find(text).orElseThrow(ManifestObject::malformed);
    }

    private long size() {
        var size = members.get("size");
        if (!(size instanceof Integer || size instanceof Long) || ((Number) size).longValue() < 0) {
            throw malformed();
        }
        return ((Number) size).longValue();
    }

    private boolean hasUrls() {
        return members.get("urls") instanceof List<?> urls && !urls.isEmpty();
    }

    @SuppressWarnings("unchecked") // JSON has no keys but text
    private ManifestObject object(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw malformed();
        }
        return new ManifestObject((Map<String, ?>) map, law);
    }
}
