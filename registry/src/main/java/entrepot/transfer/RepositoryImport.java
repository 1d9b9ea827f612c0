package entrepot.transfer;

import entrepot.domain.Digest;
import entrepot.domain.Tag;
import entrepot.transfer.SourceRepository.Root;
import entrepot.upstream.UpstreamException;
import entrepot.upstream.UpstreamManifest;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Brings images of one repository. What they need goes first, so a manifest that is there has all of it: an import
/// that was cut off goes on behind it.
final class RepositoryImport {

    private static final int DEEPEST = 8;

    private final SourceRepository from;
    private final Target target;
    private final String name;
    private final boolean isNew;
    private final BlobImport blobs;
    private final Tally tally;
    private final Set<Digest> done = ConcurrentHashMap.newKeySet();
    private final Set<Tag> tagged = ConcurrentHashMap.newKeySet();
    private final Map<Digest, ReentrantLock> locks = new ConcurrentHashMap<>();

    /// What is still to come, by the root that it is for.
    private final Map<Digest, Queue<About>> left = new ConcurrentHashMap<>();

    /// @param isNew whether it was made just now, and so has nothing
    RepositoryImport(SourceRepository from, Target target, String name, boolean isNew, Shared shared) {
        this.from = from;
        this.target = target;
        this.name = name;
        this.isNew = isNew;
        this.blobs = shared.blobs();
        this.tally = shared.tally();
    }

    /// What is about an image that was brought, and comes when no image is held: it may name that one.
    private record About(Digest digest, int depth) {}

    /// What the imports of all repositories have in common.
    record Shared(BlobImport blobs, Tally tally) {}

    /// The same root, with its digest.
    Root resolved(Root root) throws IOException {
        if (root.digest() != null || root.tag() == null) {
            return root;
        }
        var digest = from.digest(root.tag());
        return new Root(root.tag(), digest == null ? from.manifest(root.tag()).digest() : digest);
    }

    /// Returns when it is there.
    ///
    /// @param tag null for none
    void bring(Digest digest, @Nullable Tag tag) throws IOException, InterruptedException {
        var rest = left.computeIfAbsent(digest, _ -> new ConcurrentLinkedQueue<>());
        bring(digest, tag, 0, rest);
        for (var next = rest.poll(); next != null; next = rest.poll()) {
            bringAbout(next, rest);
        }
        if (tag != null && !tagged.contains(tag)) {
            tag(tag, digest);
        }
    }

    /// What fails is still there when it is tried again.
    private void bringAbout(About next, Queue<About> rest) throws IOException, InterruptedException {
        var isThere = false;
        try {
            bring(next.digest(), null, next.depth(), rest);
            isThere = true;
        } finally {
            if (!isThere) {
                rest.add(next);
            }
        }
    }

    /// @param tag that it gets if it is stored now
    /// @param about gets what is to come after it
    private void bring(Digest digest, @Nullable Tag tag, int depth, Queue<About> about)
            throws IOException, InterruptedException {
        if (depth > DEEPEST) {
            throw new IOException("%s is in an index in an index, and so on".formatted(digest));
        }
        var lock = locks.computeIfAbsent(digest, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            if (!done.contains(digest)) {
                bringOnce(digest, tag, depth, about);
                done.add(digest);
            }
        } catch (UpstreamException e) {
            throw e.about(digest.toString());
        } finally {
            lock.unlock();
        }
    }

    private void bringOnce(Digest digest, @Nullable Tag tag, int depth, Queue<About> about)
            throws IOException, InterruptedException {
        if (!isNew && target.find(name, digest).isPresent()) {
            learn(digest, depth, about);
        } else {
            store(digest, tag, depth, about);
        }
        for (var referrer : from.referrers(digest)) {
            about.add(new About(referrer.digest(), depth + 1));
        }
    }

    /// Its blobs are in this repository, which others may mount from.
    private void learn(Digest digest, int depth, Queue<About> about) throws IOException, InterruptedException {
        tally.there();
        var manifest = Manifests.understood(target.registry().manifest(name, digest));
        manifest.blobs().forEach(blob -> blobs.known(blob.digest(), name));
        for (var child : manifest.children()) {
            bring(child.digest(), null, depth + 1, about);
        }
    }

    private void store(Digest digest, @Nullable Tag tag, int depth, Queue<About> about)
            throws IOException, InterruptedException {
        var manifest = from.manifest(digest);
        var understood = Manifests.understood(manifest);
        for (var child : understood.children()) {
            bring(child.digest(), null, depth + 1, about);
        }
        blobs.bring(from, name, isNew, understood.blobs());
        put(digest, tag, manifest);
        tally.manifest();
    }

    /// A tag tells SHA-256 alone.
    private void put(Digest digest, @Nullable Tag tag, UpstreamManifest manifest) throws IOException {
        if (tag != null && digest.algorithm() == Digest.Algorithm.SHA256) {
            target.put(name, tag, manifest);
            tagged.add(tag);
        } else {
            target.put(name, digest, manifest);
        }
    }

    private void tag(Tag tag, Digest digest) throws IOException {
        if (isNew || target.find(name, tag).filter(digest::equals).isEmpty()) {
            target.put(name, tag, target.registry().manifest(name, digest));
        }
    }
}
