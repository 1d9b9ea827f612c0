package entrepot.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One JSON object of a manifest. Whatever is not as the format says is [ImageError.InvalidManifest#SYNTAX]: ECR
/// has one text for all of it, so the member is told in ours.
///
/// @param path what its members' names begin with in our text, such as `layers[3].`
record ManifestObject(String path, Map<String, ?> members, Law law) {

    private static final Set<String> TEXTS = Set.of("mediaType", "artifactType");

    static RegistryException malformed(String explanation) {
        return new RegistryException(ImageError.InvalidManifest.SYNTAX.because(explanation));
    }

    /// What counts as absent wherever a manifest is read: `null`, which clients in Go write for what they do not have,
    /// and of the texts that may be absent the empty one (OCI image specification, "artifactType").
    static boolean isAbsent(String name, @Nullable Object value) {
        return value == null || (value.equals("") && TEXTS.contains(name));
    }

    /// The members that are not absent, in their order.
    static Map<String, ?> present(Map<?, ?> json) {
        var present = new LinkedHashMap<String, Object>();
        json.forEach((name, value) -> {
            if (!isAbsent((String) name, value)) {
                present.put((String) name, value);
            }
        });
        return present;
    }

    /// Empty if it is absent. Fails if it says so in a way that the law does not know.
    Optional<Object> member(String name) {
        var value = members.get(name);
        if (!isAbsent(name, value)) {
            return Optional.ofNullable(value);
        }
        if (members.containsKey(name) && !law.allowsNullMembers()) {
            throw malformed(named(name) + " is null or empty");
        }
        return Optional.empty();
    }

    void requireVersion(int version) {
        if (!Integer.valueOf(version).equals(members.get("schemaVersion"))) {
            throw malformed(named("schemaVersion") + " must be " + version);
        }
    }

    void requireAbsent(String name, String kind) {
        if (member(name).isPresent()) {
            throw malformed("%s has no %s".formatted(kind, named(name)));
        }
    }

    Descriptor descriptor(String name) {
        return object(named(name), path + name + ".", required(name)).descriptor();
    }

    /// None if the member is absent.
    List<ManifestObject> objects(String name) {
        var objects = new ArrayList<ManifestObject>();
        for (var item : list(name)) {
            var position = path + name + "[" + objects.size() + "]";
            objects.add(object("'" + position + "'", position + ".", item));
        }
        return objects;
    }

    private List<?> list(String name) {
        var value = member(name).orElse(List.of());
        if (!(value instanceof List<?> list)) {
            throw malformed(named(name) + " must be a list");
        }
        return list;
    }

    Object required(String name) {
        return member(name).orElseThrow(() -> malformed(named(name) + " is missing"));
    }

    Optional<String> artifactType() {
        return member("artifactType").map(value -> mediaType("artifactType"));
    }

    Optional<Descriptor> subject() {
        return member("subject").map(value -> descriptor("subject"));
    }

    /// Those that are texts, as all must be; what else may stand there has no meaning.
    static Map<String, String> texts(Optional<Object> annotations) {
        var texts = new LinkedHashMap<String, String>();
        if (annotations.orElse(null) instanceof Map<?, ?> members) {
            members.forEach((name, value) -> {
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

    String mediaType(String name) {
        if (!(required(name) instanceof String text) || !MediaType.isMediaType(text)) {
            throw malformed(named(name) + " is no media type");
        }
        if (new MediaType(text).hasParameters() && !law.allowsMediaTypeParameters()) {
            throw malformed("%s is a media type with parameters: %s".formatted(named(name), text));
        }
        return text;
    }

    private Digest digest(String name) {
        return Optional.of(required(name))
                .filter(String.class::isInstance)
                .flatMap(text -> Digest.find((String) text))
                .orElseThrow(() -> malformed(named(name) + " is no digest by sha256 or sha512"));
    }

    private long size() {
        var size = required("size");
        if (!(size instanceof Integer || size instanceof Long) || ((Number) size).longValue() < 0) {
            throw malformed(named("size") + " is no number of bytes");
        }
        return ((Number) size).longValue();
    }

    private boolean hasUrls() {
        return member("urls").orElse(null) instanceof List<?> urls && !urls.isEmpty();
    }

    private String named(String name) {
        return "'" + path + name + "'";
    }

    @SuppressWarnings("unchecked") // JSON has no keys but text
    private ManifestObject object(String name, String below, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw malformed(name + " must be an object");
        }
        return new ManifestObject(below, (Map<String, ?>) map, law);
    }
}
