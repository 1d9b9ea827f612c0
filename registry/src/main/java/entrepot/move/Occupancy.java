package entrepot.move;

import entrepot.store.Occupant;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Whether somebody else has a place open. One that was killed counts as there for some seconds more, so whoever is
/// found is waited for until he says again that he is there, or is there no longer.
///
/// @param found the one who said so last, if any
record Occupancy(Object place, Supplier<Optional<Occupant>> found, Progress progress) {

    private static final long LOOKS_EVERY = 500_000_000; // ns

    /// Who has it open for certain.
    Optional<String> occupant() throws IOException {
        var first = found.get();
        if (first.isPresent()) {
            progress.say("%s was in use by %s: waiting whether it still is"
                    .formatted(place, first.get().name()));
        }
        var last = first;
        while (last.isPresent() && last.equals(first)) {
            LockSupport.parkNanos(LOOKS_EVERY);
            if (Thread.interrupted()) {
                throw new IOException("the move was interrupted");
            }
            last = found.get();
        }
        return last.map(Occupant::name);
    }
}
