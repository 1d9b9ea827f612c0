package entrepot.cli;

import entrepot.job.GarbagePass;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// What is asked for again and again while another one has the turn. The waiting is the command's own, so nothing
/// is left of it where that is ended.
///
/// @param note is told once that it waits
record Awaited(Consumer<String> note) {

    private static final Duration PAUSE = Duration.ofMillis(500);

    /// Asks once.
    @FunctionalInterface
    interface Asking {
        /// None while another one has the turn.
        List<String> lines() throws IOException;
    }

    List<String> lines(Asking asking) throws IOException {
        var lines = asking.lines();
        if (lines.isEmpty()) {
            note.accept("note: waits for another one to end, or to have been silent for %d s"
                    .formatted(GarbagePass.PATIENCE.toSeconds()));
        }
        while (lines.isEmpty()) {
            rest();
            lines = asking.lines();
        }
        return lines;
    }

    private static void rest() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another one ran");
        }
    }
}
