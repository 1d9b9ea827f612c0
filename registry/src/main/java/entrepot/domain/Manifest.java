package entrepot.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a manifest says, as far as a registry must know. The bytes themselves are [ManifestBytes].
///
/// @param artifactType `artifactType`, else the config's media type; null for lists and Docker schema 1
/// @param referral what there is to say to its subject's readers, if it has a subject
/// @param blobs the config, if the format has one, and the layers
/// @param children the manifests that a list names
public record Manifest(
        MediaType mediaType,
        @Nullable String artifactType,
        @Nullable Referral referral,
        List<Descriptor> blobs,
        List<Descriptor> children) {

    public Manifest {
        blobs = List.copyOf(blobs);
        children = List.copyOf(children);
    }

    /// Understands a manifest that has been read as JSON already.
    ///
    /// @param json objects as maps, arrays as lists, integers as Integer or Long
    /// @param type what the manifest is, by its own word or its sender's
    public static Manifest of(Map<String, ?> json, MediaType type, Law law, Limits limits) {
        var object = new ManifestObject("", json, law);
        if (type.isImageManifest()) {
            return image(object, type, law, limits);
        }
        if (type.isIndex()) {
            return index(object, type, law);
        }
        if (type.isSchema1()) {
            return schema1(object, type, limits);
        }
        throw ManifestObject.malformed("Manifests of type %s are not known".formatted(type));
    }

    /// What the manifest itself says that it is, if it does.
    public static Optional<MediaType> ownType(Map<String, ?> json, Law law) {
        var object = new ManifestObject("", json, law);
        return object.member("mediaType").map(value -> new MediaType(object.mediaType("mediaType")));
    }

    /// The manifest that this one is about.
    public @Nullable Digest subject() {
        return referral == null ? null : referral.subject();
    }

    private static Manifest image(ManifestObject json, MediaType type, Law law, Limits limits) {
        json.requireVersion(2);
        json.requireAbsent("manifests", "An image");
        var config = json.descriptor("config");
        var layers = json.objects("layers");
        refuseCount(layers.size(), law, limits);
        var blobs = new ArrayList<Descriptor>();
        blobs.add(config);
        layers.forEach(layer -> blobs.add(layer.descriptor()));
        return new Manifest(
                type,
                json.artifactType().orElse(config.mediaType()),
                referral(json, json.artifactType().orElse(config.mediaType())),
                blobs,
                List.of());
    }

    private static void refuseCount(int layers, Law law, Limits limits) {
        if (layers == 0 && !law.allowsImagesWithoutLayers()) {
            throw refused("Image has to have at least 1 layer");
        }
        if (layers > limits.image().layers()) {
            throw refused("Limit on number of layers per image exceeded");
        }
    }

    private static Manifest index(ManifestObject json, MediaType type, Law law) {
        json.requireVersion(2);
        json.requireAbsent("layers", "An index");
        json.requireAbsent("config", "An index");
        if (!law.allowsNullMembers()) {
            json.required("manifests");
        }
        return new Manifest(
                type,
                null,
                referral(json, json.artifactType().orElse(null)),
                List.of(),
                json.objects("manifests").stream()
                        .map(ManifestObject::descriptor)
                        .toList());
    }

    private static Manifest schema1(ManifestObject json, MediaType type, Limits limits) {
        json.requireVersion(1);
        json.requireAbsent("layers", "A manifest of schema 1");
        json.requireAbsent("manifests", "A manifest of schema 1");
        var layers = json.objects("fsLayers");
        refuseCount(layers.size(), Law.ECR, limits);
        return new Manifest(
                type,
                null,
                null,
                layers.stream().map(ManifestObject::schema1Layer).toList(),
                List.of());
    }

    private static @Nullable Referral referral(ManifestObject json, @Nullable String artifactType) {
        var annotations = json.member("annotations"); // refused where it is null, also if nobody asks for it
        return json.subject()
                .map(subject -> new Referral(subject.digest(), artifactType, ManifestObject.texts(annotations)))
                .orElse(null);
    }

    private static RegistryException refused(String constraint) {
        return new RegistryException(new ImageError.InvalidManifest(constraint));
    }
}
