package entrepot.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;
import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.Tag;
import entrepot.upstream.UpstreamManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A repository in the folder of a distribution registry. All its revisions are roots, so children and what refers to
/// others come along. Source: distribution, registry/storage/paths.go.
final class DistributionRepository implements SourceRepository {

    private static final String ROOT = "docker/registry/v2/";
    private static final int LONGEST_LINK = 256;

    private final SourceFiles folder;
    private final String name;

    DistributionRepository(SourceFiles folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Root> roots() throws IOException {
        var all = new ArrayList<Root>();
        var tagged = new HashSet<@Nullable Digest>();
        for (var tag : folder.names(manifests("tags"))) {
            if (Tag.isTag(tag)) {
                var root = tagged(new Tag(tag));
                tagged.add(root.digest());
                all.add(root);
            }
        }
        for (var algorithm : folder.names(manifests("revisions"))) {
            untagged(algorithm, tagged, all);
        }
        return all;
    }

    /// A link that cannot be read fails for its image alone, later.
    private Root tagged(Tag tag) {
        try {
            return new Root(tag, link(tag));
        } catch (IOException e) {
            return new Root(tag, null);
        }
    }

    private void untagged(String algorithm, Set<@Nullable Digest> tagged, List<Root> all) throws IOException {
        for (var hex : folder.names(manifests("revisions/" + algorithm))) {
            var digest = Digest.find(algorithm + ":" + hex);
            var isThere = folder.has(manifests("revisions/%s/%s/link".formatted(algorithm, hex)));
            if (isThere && digest.isPresent() && tagged.add(digest.get())) {
                all.add(new Root(null, digest.get()));
            }
        }
    }

    private String manifests(String rest) {
        return ROOT + "repositories/" + name + "/_manifests/" + rest;
    }

    private Digest link(Tag tag) throws IOException {
        var path = manifests("tags/" + tag + "/current/link");
        var text = new String(folder.bytes(path, LONGEST_LINK), UTF_8).strip();
        return Digest.find(text).orElseThrow(() -> new IOException(path + " has no digest"));
    }

    private static String data(Digest digest) {
        var hex = digest.hex();
        return ROOT + "blobs/%s/%s/%s/data".formatted(digest.algorithm().prefix(), hex.substring(0, 2), hex);
    }

    @Override
    public UpstreamManifest manifest(Reference reference) throws IOException {
        var digest = reference instanceof Tag tag ? link(tag) : (Digest) reference;
        return Manifests.read(folder.bytes(data(digest), Manifests.LONGEST), digest, null);
    }

    @Override
    public Content blob(Descriptor blob) throws IOException {
        return folder.content(data(blob.digest()));
    }
}
