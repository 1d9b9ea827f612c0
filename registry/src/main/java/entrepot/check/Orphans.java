package entrepot.check;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore;
import entrepot.store.BlobStore.Lying;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Bytes that no row names, as those of a process that died between two steps, or that a restored database does not
/// know. Each is told of in a note.
public final class Orphans {

    private static final int AT_ONCE = 500;
    private static final int SAMPLE = 100;
    private static final int OF_TIME = 7;

    private final MetadataStore metadata;
    private final BlobStore blobs;
    private final Consumer<String> told;
    private final @Nullable Removal removal;
    private long failures;

    /// What takes old ones away.
    ///
    /// @param age how old they are at least, by their key and by their own time
    record Removal(Repair repair, Duration age, Instant now) {

        /// A key that has no time is never old.
        boolean isOf(Lying lying) {
            var before = now.minus(age);
            return lying.written().isBefore(before)
                    && time(lying).filter(made -> made.isBefore(before)).isPresent();
        }

        /// When the key was made.
        ///
        /// Source: RFC 9562, 5.7.
        private static Optional<Instant> time(Lying lying) {
            try {
                var id = UUID.fromString(String.valueOf(lying.key()));
                return id.version() == OF_TIME
                        ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    private Orphans(MetadataStore metadata, BlobStore blobs, Consumer<String> told, @Nullable Removal removal) {
        this.metadata = metadata;
        this.blobs = blobs;
        this.told = told;
        this.removal = removal;
    }

    /// Only tells of them.
    public static Orphans told(MetadataStore metadata, BlobStore blobs, Consumer<String> told) {
        return new Orphans(metadata, blobs, told, null);
    }

    /// Removes those that are old as well.
    ///
    /// @throws IOException if it cannot be asked how old they must be
    public static Orphans removed(
            MetadataStore metadata, BlobStore blobs, Consumer<String> told, Repair repair, Instant now)
            throws IOException {
        return new Orphans(metadata, blobs, told, new Removal(repair, repair.orphanAge(), now));
    }

    /// Looks at all that lies where blobs are. Gives how many could not be removed that were to be.
    public long look() throws IOException {
        if (removal != null) {
            requireOurs();
        }
        var some = new ArrayList<Lying>();
        try (var all = blobs.listed()) {
            for (var lying : (Iterable<Lying>) all::iterator) {
                some.add(lying);
                if (some.size() == AT_ONCE) {
                    look(some);
                    some.clear();
                }
            }
        }
        look(some);
        return failures;
    }

    /// Where none of the blobs lies here that rows name, these are another registry's rows, or another one's bytes.
    /// In a database that many share no rows at all are as bad: it may be a new one.
    private void requireOurs() throws IOException {
        var named = metadata.read(tx -> tx.layers().all(0, SAMPLE));
        for (var blob : named) {
            if (blobs.size(blob.key()).isPresent()) {
                return;
            }
        }
        if (!named.isEmpty() || metadata.isShared()) {
            throw new IOException(
                    "no blob that a row names lies here: are these the rows of these bytes?" + " Nothing is removed");
        }
    }

    private void look(List<Lying> some) throws IOException {
        some.stream().filter(lying -> lying.key() == null).forEach(this::tellForeign);
        var orphans = new ArrayList<Lying>();
        for (var lying : unnamed(some)) {
            if (blobs.size(key(lying)).isPresent()) {
                orphans.add(lying);
            }
        }
        tell(orphans);
    }

    private void tellForeign(Lying lying) {
        told.accept("note: %s: has no blob's name or place (%d bytes)".formatted(lying.name(), lying.size()));
    }

    /// The row of what comes is there before its bytes, and that of what goes until they are gone.
    private List<Lying> unnamed(List<Lying> some) {
        var keyed = some.stream().filter(lying -> lying.key() != null).toList();
        var keys = keyed.stream().map(Orphans::key).toList();
        var named = keys.isEmpty()
                ? Set.of()
                : metadata.<Set<BlobKey>>read(tx -> tx.repairs().named(keys));
        return keyed.stream().filter(lying -> !named.contains(key(lying))).toList();
    }

    private static BlobKey key(Lying lying) {
        if (lying.key() == null) {
            throw new IllegalStateException("no key: " + lying.name());
        }
        return lying.key();
    }

    private void tell(List<Lying> orphans) throws IOException {
        var old = removal == null
                ? List.<Lying>of()
                : orphans.stream().filter(removal::isOf).toList();
        var kept = removal == null || old.isEmpty()
                ? Map.<BlobKey, String>of()
                : removal.repair().remove(old.stream().map(Orphans::key).toList());
        failures += kept.size();
        for (var orphan : orphans) {
            var why = kept.get(key(orphan));
            var words = why == null ? old.contains(orphan) ? "removed" : kept() : "could not be removed: " + why;
            told.accept("%sblob %s: no row names it (%d bytes, of %s); %s"
                    .formatted(why == null ? "note: " : "", key(orphan), orphan.size(), orphan.written(), words));
        }
    }

    private String kept() {
        return removal == null ? "--remove-orphans removes it once it is old" : "not old enough to be removed";
    }
}
