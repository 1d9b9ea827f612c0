package entrepot.check;

import entrepot.check.BlobCheck.Verdict;
import entrepot.check.Repair.Finding;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.store.Layers.Blob;
import entrepot.store.MetadataStore;
import entrepot.store.Repairs.Walk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/// Goes along all blobs, looks at the bytes of each, and has what is news kept. What goes away or is replaced meanwhile
/// is no problem.
final class BlobWalk {

    private static final int PAGE = 100;

    /// Large blobs take long: so often at least it is kept how far this is.
    private static final Duration KEEPS = Duration.ofSeconds(5);

    /// What bytes are known by.
    record Bytes(Digest digest, Encryption encryption) {}

    /// Where what is found is kept.
    interface Keeper {
        void keep(Walk walk, List<Finding> findings) throws IOException;
    }

    private final MetadataStore metadata;
    private final BlobCheck check;
    private final Keeper keeper;
    private final BiConsumer<Blob, Verdict> told;
    private final Set<Bytes> damaged = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private long kept = System.nanoTime();

    /// @param told of each blob
    BlobWalk(MetadataStore metadata, BlobCheck check, Keeper keeper, BiConsumer<Blob, Verdict> told) {
        this.metadata = metadata;
        this.check = check;
        this.keeper = keeper;
        this.told = told;
    }

    /// Those that were found to be damaged.
    Set<Bytes> damaged() {
        return damaged;
    }

    /// Looks at the next ones. Gives how far it is then: at the repositories where there was none. Ends early, where it
    /// is, if its thread is interrupted.
    Walk step(Walk from) throws IOException {
        var walk = from;
        var page = metadata.read(tx -> tx.layers().all(from.afterBlob(), PAGE));
        for (var blob : page) {
            look(blob);
            if (Thread.currentThread().isInterrupted()) {
                return walk;
            }
            walk = walk.past(blob);
            if (!findings.isEmpty() || System.nanoTime() - kept > KEEPS.toNanos()) {
                keep(walk);
            }
        }
        walk = page.isEmpty() ? walk.pastRepository(0) : walk;
        keep(walk);
        return walk;
    }

    /// Looks again at those that are marked already, as far as somebody had come who was cut off.
    void again(Walk walk) throws IOException {
        for (var page = marked(0); !page.isEmpty(); page = marked(page.getLast().id())) {
            for (var blob : page) {
                if (blob.id() <= walk.afterBlob()) {
                    look(blob);
                }
            }
        }
        keep(walk);
    }

    private List<Blob> marked(long after) {
        return metadata.read(tx -> tx.repairs().marked(after, PAGE));
    }

    private void keep(Walk walk) throws IOException {
        keeper.keep(walk, List.copyOf(findings));
        findings.clear();
        kept = System.nanoTime();
    }

    private void look(Blob blob) {
        var verdict = check.look(blob);
        if (Thread.currentThread().isInterrupted() || (!(verdict instanceof Verdict.Whole) && !isStill(blob))) {
            return;
        }
        told.accept(blob, verdict);
        switch (verdict) {
            case Verdict.Damaged found -> {
                damaged.add(new Bytes(blob.digest(), blob.encryption()));
                if (blob.damage() == null) {
                    findings.add(new Finding(blob.key(), found.text()));
                }
            }
            case Verdict.Whole _ when blob.damage() != null -> findings.add(new Finding(blob.key(), null));
            case Verdict.Whole _ -> {}
            case Verdict.Unread _ -> damaged.add(new Bytes(blob.digest(), blob.encryption()));
        }
    }

    private boolean isStill(Blob seen) {
        return metadata.read(tx -> tx.layers().blob(seen.digest(), seen.encryption()))
                .filter(blob -> blob.key().equals(seen.key()))
                .isPresent();
    }
}
