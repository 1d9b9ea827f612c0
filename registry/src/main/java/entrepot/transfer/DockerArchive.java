package entrepot.transfer;

import entrepot.domain.Content;
import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Reference;
import entrepot.domain.Tag;
import entrepot.upstream.UpstreamManifest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `docker save` wrote, as a repository. Its images get manifests of OCI's form whose layers are the archive's as
/// they are, so the same archive always makes the same images.
///
/// Source: moby, image/spec/v1.2, "Combined Image JSON + Filesystem Changeset Format".
public final class DockerArchive implements SourceRepository {

    private static final String INDEX = "manifest.json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final TarRegions archive;
    private final List<Root> roots = new ArrayList<>();
    private final Map<Digest, UpstreamManifest> manifests = new HashMap<>();
    private final Map<Digest, Content.FileRegion> blobs = new HashMap<>();
    private final Map<String, Map<String, Object>> descriptors = new HashMap<>();

    private DockerArchive(TarRegions archive) {
        this.archive = archive;
    }

    /// The one repository that an archive is.
    ///
    /// @throws IOException if it is no such archive, or not whole
    public static Source source(Path file) throws IOException {
        var archive = new DockerArchive(TarRegions.of(file));
        for (var entry : archive.entries()) {
            archive.add(entry instanceof Map<?, ?> map ? map : Map.of());
        }
        return () -> List.of(archive);
    }

    private List<?> entries() throws IOException {
        try {
            return Manifests.list(archive.bytes(INDEX, Manifests.LONGEST));
        } catch (NoSuchFileException e) {
            throw new IOException("it is no archive of docker save: it has no " + INDEX, e);
        }
    }

    private void add(Map<?, ?> entry) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaType.OCI_MANIFEST.value());
        json.put("config", descriptor(String.valueOf(entry.get("Config")), CONFIG));
        var layers = new ArrayList<Map<String, Object>>();
        for (var layer : list(entry.get("Layers"))) {
            var name = String.valueOf(layer);
            layers.add(descriptor(name, archive.compression(name).mediaType()));
        }
        json.put("layers", layers);
        var bytes = new ManifestBytes(Manifests.json(json));
        var digest = bytes.digest(Digest.Algorithm.SHA256);
        manifests.put(digest, new UpstreamManifest(digest, MediaType.OCI_MANIFEST, bytes));
        addRoots(digest, list(entry.get("RepoTags")));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private Map<String, Object> descriptor(String name, String mediaType) throws IOException {
        var known = descriptors.get(name);
        if (known != null) {
            return known;
        }
        var region = archive.region(name);
        var digest = archive.digest(region);
        blobs.put(digest, region);
        var descriptor = new LinkedHashMap<String, Object>();
        descriptor.put("mediaType", mediaType);
        descriptor.put("digest", digest.toString());
        descriptor.put("size", region.length());
        descriptors.put(name, descriptor);
        return descriptor;
    }

    /// Of `registry:5000/app:v1` it is `v1`.
    private void addRoots(Digest digest, List<?> references) {
        var tags = references.stream()
                .map(String::valueOf)
                .map(text -> text.substring(text.lastIndexOf(':') + 1))
                .filter(Tag::isTag)
                .distinct()
                .toList();
        tags.forEach(tag -> roots.add(new Root(new Tag(tag), digest)));
        if (tags.isEmpty()) {
            roots.add(new Root(null, digest));
        }
    }

    @Override
    public String name() {
        return "";
    }

    @Override
    public List<Root> roots() {
        return List.copyOf(roots);
    }

    @Override
    public UpstreamManifest manifest(Reference reference) throws IOException {
        var manifest = reference instanceof Digest digest ? manifests.get(digest) : null;
        if (manifest == null) {
            throw new NoSuchFileException(reference.toString());
        }
        return manifest;
    }

    @Override
    public Content blob(Descriptor blob) throws IOException {
        var region = blobs.get(blob.digest());
        if (region == null) {
            throw new NoSuchFileException(blob.digest().toString());
        }
        return region;
    }
}
