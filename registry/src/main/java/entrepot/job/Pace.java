package entrepot.job;

import entrepot.store.MetadataStore;
import java.util.function.IntSupplier;

/// How quickly work goes that nobody waits for: some of the time, and so many things in a second.
///
/// @param rate things in a second; 0 for no bound
/// @param rests how many times as long as it worked it rests
public record Pace(int rate, int rests) {

    private static final long SECOND = 1_000_000_000;

    /// Where one thread has all the writes, pushes wait for work of this kind.
    private static final int RESTS_OF_ONE_WRITER = 3;

    /// As it suits who else writes there.
    public static Pace beside(MetadataStore metadata, int rate) {
        return new Pace(rate, metadata.isShared() ? 1 : RESTS_OF_ONE_WRITER);
    }

    /// Does some of it, which says how many things it did, and rests. Does not rest where the thread is interrupted.
    void of(IntSupplier work) {
        var from = System.nanoTime();
        var done = work.getAsInt();
        var took = System.nanoTime() - from;
        var least = rate == 0 ? 0 : done * SECOND / rate - took;
        rest(Math.max(rests * took, least));
    }

    private static void rest(long nanos) {
        try {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
