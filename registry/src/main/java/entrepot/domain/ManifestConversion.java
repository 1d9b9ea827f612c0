package entrepot.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An image manifest in the other of the two formats that say the same: Docker's schema 2 and OCI's.
///
/// Only what both formats spell is converted, so nothing is ever lost: whatever has no twin, such as annotations,
/// a subject or a media type of somebody's own, leaves the manifest as it is, and so do `urls` that are not texts,
/// since
/// a number may not be written as it was read. Lists are not converted, since they name their children by digest. What
/// comes out is the same for ever, as its digest is handed out.
///
/// Source: OCI image specification, "Compatibility Matrix"; ECR user guide, "Container image manifest formats".
public final class ManifestConversion {

    /// Docker's name and OCI's, in whichever case a manifest spells them.
    private static final Map<String, String> TO_OCI = inAnyCase(Map.of(
            MediaType.DOCKER_MANIFEST.value(),
            MediaType.OCI_MANIFEST.value(),
            "application/vnd.docker.container.image.v1+json",
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.docker.image.rootfs.diff.tar",
            "application/vnd.oci.image.layer.v1.tar",
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.docker.image.rootfs.foreign.diff.tar",
            "application/vnd.oci.image.layer.nondistributable.v1.tar",
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"));

    private static final Map<String, String> TO_DOCKER = inverse();

    private static final Set<String> MANIFEST = Set.of("schemaVersion", "mediaType", "config", "layers");
    private static final Set<String> DESCRIPTOR = Set.of("mediaType", "size", "digest", "urls");

    private final Map<String, String> names;

    private ManifestConversion(Map<String, String> names) {
        this.names = names;
    }

    private static Map<String, String> inverse() {
        var inverse = new LinkedHashMap<String, String>();
        TO_OCI.forEach((docker, oci) -> inverse.put(oci, docker));
        return inAnyCase(inverse);
    }

    private static Map<String, String> inAnyCase(Map<String, String> names) {
        var inAnyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        inAnyCase.putAll(names);
        return Collections.unmodifiableMap(inAnyCase);
    }

    /// The format that manifests of this one are converted to, if they are converted at all.
    public static Optional<MediaType> other(MediaType type) {
        return Optional.ofNullable(names(type).get(type.value())).map(MediaType::new);
    }

    /// Converts a manifest that [Manifest] has understood. Empty if something would be lost.
    ///
    /// @param json as for [Manifest#of]
    /// @return the members in the order in which they are written
    public static Optional<Map<String, ?>> of(Map<String, ?> json, MediaType type) {
        return type.isImageManifest()
                ? new ManifestConversion(names(type)).manifest(ManifestObject.present(json), type)
                : Optional.empty();
    }

    private static Map<String, String> names(MediaType type) {
        return type.equals(MediaType.DOCKER_MANIFEST) ? TO_OCI : TO_DOCKER;
    }

    private Optional<Map<String, ?>> manifest(Map<String, ?> json, MediaType type) {
        if (!MANIFEST.containsAll(json.keySet())) {
            return Optional.empty();
        }
        var config = descriptor(json.get("config"));
        var layers = layers(json.containsKey("layers") ? json.get("layers") : List.of());
        if (config.isEmpty() || layers.isEmpty()) {
            return Optional.empty();
        }
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", names.get(type.value()));
        manifest.put("config", config.get());
        manifest.put("layers", layers.get());
        return Optional.of(manifest);
    }

    private Optional<List<?>> layers(@Nullable Object value) {
        var layers = new ArrayList<Object>();
        for (var layer : value instanceof List<?> list ? list : List.of()) {
            descriptor(layer).ifPresent(layers::add);
        }
        return value instanceof List<?> list && list.size() == layers.size() ? Optional.of(layers) : Optional.empty();
    }

    private Optional<Map<String, ?>> descriptor(@Nullable Object value) {
        return value instanceof Map<?, ?> json ? descriptor(ManifestObject.present(json)) : Optional.empty();
    }

    private Optional<Map<String, ?>> descriptor(Map<String, ?> json) {
        if (!DESCRIPTOR.containsAll(json.keySet())
                || !(json.get("mediaType") instanceof String name)
                || !names.containsKey(name)
                || !hasTexts(json, "urls")) {
            return Optional.empty();
        }
        var descriptor = new LinkedHashMap<String, Object>();
        descriptor.put("mediaType", names.get(name));
        for (var member : List.of("size", "digest", "urls")) {
            if (json.get(member) != null) {
                descriptor.put(member, json.get(member));
            }
        }
        return Optional.of(descriptor);
    }

    private static boolean hasTexts(Map<?, ?> json, String member) {
        return !json.containsKey(member)
                || (json.get(member) instanceof List<?> list && list.stream().allMatch(String.class::isInstance));
    }
}
