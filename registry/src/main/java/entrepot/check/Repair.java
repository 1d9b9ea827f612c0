package entrepot.check;

import entrepot.domain.BlobKey;
import entrepot.store.Leases.Lease;
import entrepot.store.Repairs.Walk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What whoever looks at everything writes down and takes away, wherever the process is that may.
public interface Repair {

    /// So long after its last word who has a turn counts as dead.
    Duration PATIENCE = Duration.ofSeconds(30);

    /// What came of a look at bytes.
    ///
    /// @param damage null where those that were marked are whole
    record Finding(BlobKey key, @Nullable String damage) {}

    /// The turn of who looks by this name; empty while another one has it, who has ended it or was silent for
    /// [#PATIENCE] before anybody else gets it.
    Optional<Lease> take(String name) throws IOException;

    /// The turn is over.
    void end(Lease turn) throws IOException;

    /// Where who has this name was cut off; empty if he was not.
    Optional<Walk> begun(String name) throws IOException;

    /// This was found, and looked at as far as that.
    void found(Walk walk, List<Finding> findings) throws IOException;

    /// The same, in a turn.
    ///
    /// @throws IOException also if it is another one's by now, and then nothing is written
    void found(Lease turn, Walk walk, List<Finding> findings) throws IOException;

    /// How old bytes are at least that no row names, before they are taken away.
    Duration orphanAge() throws IOException;

    /// Takes away the bytes under these keys, but for those that a row names by now.
    ///
    /// @return why those were not that were not
    Map<BlobKey, String> remove(List<BlobKey> keys) throws IOException;

    /// Leaves everything as it is.
    Repair NONE = new Repair() {
        @Override
        public Optional<Lease> take(String name) {
            return Optional.of(new Lease(name, 0, ""));
        }

        @Override
        public void end(Lease turn) {}

        @Override
        public Optional<Walk> begun(String name) {
            return Optional.empty();
        }

        @Override
        public void found(Walk walk, List<Finding> findings) {}

        @Override
        public void found(Lease turn, Walk walk, List<Finding> findings) {}

        @Override
        public Duration orphanAge() {
            return Duration.ZERO;
        }

        @Override
        public Map<BlobKey, String> remove(List<BlobKey> keys) {
            throw new UnsupportedOperationException("nothing is taken away");
        }
    };
}
