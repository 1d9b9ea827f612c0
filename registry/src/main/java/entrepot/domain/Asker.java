package entrepot.domain;

import java.util.function.BooleanSupplier;

/// Whoever asked for the work of this thread, in so far as long work must know whether they are still there. Bound
/// once, at the edge.
public final class Asker {

    private static final ScopedValue<BooleanSupplier> THERE = ScopedValue.newInstance();

    private Asker() {}

    /// Does some work for somebody, who is there as long as `isThere` says so.
    public static void during(BooleanSupplier isThere, Runnable work) {
        ScopedValue.where(THERE, isThere).run(work);
    }

    /// Whether nobody waits for the work any more. What is done for nobody in particular goes on.
    public static boolean isGone() {
        return THERE.isBound() && !THERE.get().getAsBoolean();
    }
}
