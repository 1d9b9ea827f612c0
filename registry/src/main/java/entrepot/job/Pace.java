package entrepot.job;

import java.util.function.IntSupplier;

/// How quickly work goes that nobody waits for: at most a quarter of the time, and so many things in a second.
///
/// @param rate things in a second; 0 for no bound
public record Pace(int rate) {

    private static final long SECOND = 1_000_000_000;

    /// How many times as long as it worked it rests: with once, pushes beside it took 1.7 times as long.
    private static final int RESTS = 3;

    /// Does some of it, which says how many things it did, and rests. Does not rest where the thread is interrupted.
    void of(IntSupplier work) {
        var from = System.nanoTime();
        var done = work.getAsInt();
        var took = System.nanoTime() - from;
        var least = rate == 0 ? 0 : done * SECOND / rate - took;
        rest(Math.max(RESTS * took, least));
    }

    private static void rest(long nanos) {
        try {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
