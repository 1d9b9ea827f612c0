package entrepot.move;

import entrepot.sealing.Vault;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.MoveSource;
import entrepot.store.MoveTarget;
import entrepot.store.Occupant;
import entrepot.store.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/// Moves everything of a registry but open uploads into another place. First the blobs, which never change: those that
/// came are remembered there, so that a move that was cut off goes on behind them. Then all rows in one transaction, so
/// that the place holds the whole registry or none.
///
/// @param from only read
public record Move(Source from, Target to, Progress progress) {

    /// A registry that nobody serves.
    ///
    /// @param mayLack whether blobs that are marked as damaged need not come
    public record Source(MetadataStore metadata, BlobStore blobs, Vault vault, MoveSource rows, boolean mayLack) {}

    /// Where it goes.
    ///
    /// @param beside comes last before the rows are there, since nobody can go on with a move that has ended
    public record Target(BlobStore blobs, MoveTarget rows, Beside beside) {}

    /// What lies beside the stores of a registry.
    @FunctionalInterface
    public interface Beside {

        /// Nothing.
        Beside NOTHING = () -> {};

        /// Brings what is not there yet.
        void bring() throws IOException;
    }

    /// Once for each instance.
    ///
    /// @throws IOException if it did not come to its end; what came is not lost
    public MoveTarget.Moved run() throws IOException {
        requireStopped();
        requireAlone();
        var goesOn = begin();
        requireAlone();
        var blobs = new BlobMove(this, goesOn);
        blobs.run();
        to.rows().lack(blobs.lacking());
        to.rows().whole(blobs.whole());
        var moved = to.rows().take(new Counted(from.rows(), progress), this::end);
        if (from.rows().inUse().isPresent()) {
            progress.say("note: the registry that was moved is served again: what comes there now does not come here");
        }
        return moved;
    }

    private void end(Transaction rows) {
        new ManifestCheck(from.vault(), progress).look(rows);
        try {
            to.beside().bring();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireStopped() throws IOException {
        var other = new Occupancy(from.rows(), from.rows()::inUse, progress).occupant();
        if (other.isPresent()) {
            throw new IOException("%s is in use by %s: stop all nodes of it first".formatted(from.rows(), other.get()));
        }
    }

    /// Whoever starts to serve the target looks whether a move was begun: so we look for him once more when we have.
    private void requireAlone() throws IOException {
        var other = new Occupancy(to.rows(), to.rows()::inUse, progress).occupant();
        if (other.isPresent()) {
            throw new IOException("%s is in use by %s: stop it first".formatted(to.rows(), other.get()));
        }
    }

    /// Says whether this goes on with a move that was cut off.
    private boolean begin() throws IOException {
        var source = from.rows().id();
        var begun = to.rows().begun();
        if (begun.isPresent()) {
            if (!begun.get().equals(source)) {
                throw new IOException(to.rows() + " holds a move of another registry that was cut off");
            }
            return true;
        }
        requireEmpty();
        to.rows().begin(source);
        return false;
    }

    private void requireEmpty() throws IOException {
        if (!to.rows().isEmpty()) {
            throw new IOException(to.rows() + " is not empty");
        }
        try (var keys = to.blobs().keys()) {
            if (keys.findAny().isPresent()) {
                throw new IOException(to.blobs() + ": not empty");
            }
        }
    }

    /// The rows of a source as they pass.
    private record Counted(MoveSource rows, Progress progress) implements MoveSource {
        @Override
        public String id() {
            return rows.id();
        }

        @Override
        public Optional<Occupant> inUse() {
            return rows.inUse();
        }

        @Override
        public void each(String table, Consumer<Row> use) {
            rows.each(table, row -> {
                use.accept(row);
                progress.row();
            });
        }

        @Override
        public long lastId(String table) {
            return rows.lastId(table);
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
