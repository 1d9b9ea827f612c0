package entrepot.benchmark;

import java.util.function.ToDoubleFunction;

/// That a figure of ours is at most, or at least, so many times theirs.
///
/// @param figure of which ours over theirs is taken
/// @param theirs the contender
/// @param least whether the bound is the least that is good, and not the most
record Goal(
        String text, Work work, String theirs, ToDoubleFunction<Results.Median> figure, boolean least, double bound) {

    static Goal cpu(String text, Work work, String theirs, double atMost) {
        return new Goal(text, work, theirs, Results.Median::cpuSecondsPerUnit, false, atMost);
    }

    static Goal speed(String text, Work work, String theirs, double atLeast) {
        return new Goal(text, work, theirs, Results.Median::amountPerSecond, true, atLeast);
    }

    boolean met(double ratio) {
        return least ? ratio >= bound : ratio <= bound;
    }
}
