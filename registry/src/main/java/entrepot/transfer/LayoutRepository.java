package entrepot.transfer;

import entrepot.domain.Content;
import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.MediaType;
import entrepot.domain.Reference;
import entrepot.domain.Tag;
import entrepot.upstream.UpstreamManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An OCI layout as a repository, such as zot keeps one for each of its own. Source: OCI image layout specification.
final class LayoutRepository implements SourceRepository {

    static final String INDEX = "index.json";
    static final String MARKER = "oci-layout";
    static final String TAG = "org.opencontainers.image.ref.name";

    /// Of an index.json, in bytes: zot has all of a repository in it.
    private static final int LONGEST_INDEX = 64 << 20;

    private final SafeFolder folder;
    private final String name;
    private final List<Root> roots = new ArrayList<>();
    private final Map<Digest, MediaType> types = new HashMap<>();

    /// @throws IOException if it is no layout
    LayoutRepository(SafeFolder folder, String name) throws IOException {
        this.folder = folder;
        this.name = name;
        var index = Manifests.object(folder.bytes(INDEX, LONGEST_INDEX));
        if (!(index.get("manifests") instanceof List<?> entries)) {
            throw new IOException("index.json has no manifests");
        }
        for (var entry : entries) {
            read(entry instanceof Map<?, ?> map ? map : Map.of());
        }
    }

    private void read(Map<?, ?> entry) throws IOException {
        var digest = Digest.find(String.valueOf(entry.get("digest")))
                .orElseThrow(() -> new IOException("index.json has a digest that is none"));
        if (entry.get("mediaType") instanceof String type && MediaType.isMediaType(type)) {
            types.put(digest, new MediaType(type));
        }
        roots.add(new Root(tag(entry.get("annotations")), digest));
    }

    /// Containerd writes a whole reference there.
    private static @Nullable Tag tag(@Nullable Object annotations) {
        if (annotations instanceof Map<?, ?> map && map.get(TAG) instanceof String text) {
            var end = text.substring(text.lastIndexOf(':') + 1);
            return Tag.isTag(end) ? new Tag(end) : null;
        }
        return null;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Root> roots() {
        return List.copyOf(roots);
    }

    @Override
    public UpstreamManifest manifest(Reference reference) throws IOException {
        if (!(reference instanceof Digest digest)) {
            throw new IllegalArgumentException("a layout knows manifests by digest");
        }
        return Manifests.read(folder.bytes(SafeFolder.blob(digest), Manifests.LONGEST), digest, types.get(digest));
    }

    @Override
    public Content blob(Descriptor blob) throws IOException {
        return folder.content(SafeFolder.blob(blob.digest()));
    }
}
