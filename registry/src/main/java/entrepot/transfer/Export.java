package entrepot.transfer;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.transfer.SourceRepository.Root;
import entrepot.upstream.UpstreamManifest;
import entrepot.upstream.VerifiedStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Brings images of a repository into an OCI layout: with their children, and what refers to them. Every digest is
/// verified on the way.
public final class Export {

    private static final int DEEPEST = 8;

    private final RemoteRepository from;
    private final LayoutFolder layout;
    private final Set<Digest> done = new HashSet<>();

    public Export(RemoteRepository from, LayoutFolder layout) {
        this.from = from;
        this.layout = layout;
    }

    /// How many manifests there are now, when all are there.
    public int run() throws IOException {
        for (var root : from.roots()) {
            one(root);
        }
        layout.write();
        return done.size();
    }

    private void one(Root root) throws IOException {
        var manifest = from.manifest(root.reference());
        bring(manifest, 0);
        layout.enter(manifest, root.tag());
    }

    private void bring(UpstreamManifest manifest, int depth) throws IOException {
        if (!done.add(manifest.digest())) {
            return;
        }
        if (depth > DEEPEST) {
            throw new IOException("%s is in an index in an index, and so on".formatted(manifest.digest()));
        }
        var understood = Manifests.understood(manifest);
        for (var child : understood.children()) {
            bring(from.manifest(child.digest()), depth + 1);
        }
        for (var blob : understood.blobs()) {
            bring(blob);
        }
        layout.put(manifest.digest(), manifest.bytes().open());
        for (var referrer : from.referrers(manifest.digest())) {
            var about = from.manifest(referrer.digest());
            bring(about, depth + 1);
            layout.enter(about, null);
        }
    }

    private void bring(Descriptor blob) throws IOException {
        if (!blob.foreign() && !layout.has(blob.digest())) {
            try (var in = from.registry().blob(from.name(), blob.digest(), blob.size(), 0);
                    var verified = new VerifiedStream(in, blob.digest())) {
                layout.put(blob.digest(), verified);
            }
        }
    }
}
