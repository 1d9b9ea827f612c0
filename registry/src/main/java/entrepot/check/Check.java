package entrepot.check;

import static java.util.Objects.requireNonNull;

import entrepot.check.BlobCheck.Verdict;
import entrepot.check.Repair.Finding;
import entrepot.domain.Repository;
import entrepot.sealing.Vault;
import entrepot.store.Layers.Blob;
import entrepot.store.MetadataStore;
import entrepot.store.Repairs.Walk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks at everything stored, a page at a time, and tells each problem. What goes away or is replaced meanwhile, since
/// the registry may run, is no problem. Damaged blobs are marked where that is asked for; one that is cut off at the
/// blobs goes on there the next time.
public final class Check {

    /// Under which it keeps how far it has come.
    public static final String NAME = "check";

    /// How much was looked at, and how many problems were told.
    ///
    /// @param bytes of blobs
    public record Summary(long repositories, long images, long blobs, long bytes, long problems) {}

    /// How it goes about it.
    ///
    /// @param repair what it marks by
    /// @param rate bytes of blobs in a second, at most; 0 for no bound
    /// @param isAnew whether it begins at the beginning wherever another one was cut off
    public record How(Repair repair, long rate, boolean isAnew, InstantSource clock) {}

    private final MetadataStore metadata;
    private final Vault vault;
    private final How how;
    private final Onlooker onlooker;
    private final BlobWalk blobs;
    private Walk kept;
    private @Nullable CheckTurn turn;
    private boolean hasUnread;
    private long repositories;
    private long images;
    private long problems;

    /// One that only reads. Each problem is one line; a line that begins with `note:` is none.
    public Check(MetadataStore metadata, Vault vault, Consumer<String> problem) {
        this(metadata, vault, new How(Repair.NONE, 0, true, InstantSource.system()), Onlooker.of(problem));
    }

    public Check(MetadataStore metadata, Vault vault, How how, Onlooker onlooker) {
        this.metadata = metadata;
        this.vault = vault;
        this.how = how;
        this.onlooker = onlooker;
        this.kept = Walk.begin(NAME, now());
        var check = new BlobCheck(vault, new Reading(how.rate(), this::read));
        this.blobs = new BlobWalk(metadata, check, this::keep, this::hear);
    }

    private Instant now() {
        return how.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// Once for each instance. Fails with UncheckedIOException if what it finds cannot be written down.
    public Summary run() {
        try {
            return all();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Summary all() throws IOException {
        try (var mine = CheckTurn.take(how.repair(), NAME, onlooker)) {
            turn = mine;
            return inTurn(mine);
        }
    }

    private Summary inTurn(CheckTurn mine) throws IOException {
        var begun = how.isAnew() ? Optional.<Walk>empty() : how.repair().begun(NAME);
        var walk = begun.orElse(kept);
        tellAhead(walk);
        if (begun.isPresent()) {
            kept = walk;
            tellOf(walk);
            blobs.again(walk);
        }
        while (walk.isAtBlobs()) {
            walk = blobs.step(walk);
        }
        lookAtRepositories();
        mine.found(walk.end(now()), List.of());
        return new Summary(
                repositories, images, walk.looked().blobs(), walk.looked().bytes(), problems);
    }

    private void read(long bytes) {
        onlooker.bytes(bytes);
        live();
    }

    private void live() {
        try {
            requireNonNull(turn).live(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tellAhead(Walk walk) {
        var all = metadata.read(tx -> tx.repairs().stored());
        onlooker.ahead(
                all.blobs() - walk.looked().blobs(), all.bytes() - walk.looked().bytes());
    }

    private void tellOf(Walk walk) {
        onlooker.say("note: goes on after %d blobs (%d bytes) that one looked at which began at %s; --anew begins anew"
                .formatted(walk.looked().blobs(), walk.looked().bytes(), walk.began()));
    }

    /// What could not be read is looked at again by whoever goes on after this one: nothing says of it in the tables.
    private void keep(Walk walk, List<Finding> findings) throws IOException {
        if (!hasUnread) {
            kept = walk;
        }
        requireNonNull(turn).found(kept, findings);
    }

    private void hear(Blob blob, Verdict verdict) {
        var name = "blob " + blob.digest();
        onlooker.blob();
        switch (verdict) {
            case Verdict.Damaged found -> tell(name, found.text());
            case Verdict.Unread found -> {
                hasUnread = true;
                tell(name, found.text());
            }
            case Verdict.Whole _
            when blob.damage() != null ->
                note(name, "is marked as damaged and whole again (key %s)".formatted(blob.key()));
            case Verdict.Whole _ -> {}
        }
    }

    private void lookAtRepositories() {
        var walk = new ImageWalk(metadata, vault, blobs.damaged(), new ImageWalk.Told() {
            @Override
            public void image() {
                images++;
                live();
            }

            @Override
            public void problem(String what, String text) {
                tell(what, text);
            }

            @Override
            public void note(String what, String text) {
                Check.this.note(what, text);
            }
        });
        new Pages(metadata).each(0L, (tx, after) -> tx.repositories().all(after, 100), Repository::id, repository -> {
            repositories++;
            walk.look(repository);
        });
    }

    private void note(String what, String text) {
        onlooker.say("note: " + what + ": " + text);
    }

    private void tell(String what, String text) {
        problems++;
        onlooker.say(what + ": " + text);
    }
}
