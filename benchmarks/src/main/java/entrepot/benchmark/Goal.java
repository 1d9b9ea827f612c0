package entrepot.benchmark;

import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// That a figure of ours is at most, or at least, so many times theirs.
///
/// @param ours the contender of ours
/// @param figure of which ours over theirs is taken
/// @param theirs the contender
/// @param least whether the bound is the least that is good, and not the most
record Goal(
        String text,
        Work work,
        String ours,
        String theirs,
        ToDoubleFunction<Results.Median> figure,
        boolean least,
        double bound) {

    static Goal cpu(String text, Work work, String theirs, double atMost) {
        return new Goal(
                text, work, work.contenders().getFirst(), theirs, Results.Median::cpuSecondsPerUnit, false, atMost);
    }

    static Goal speed(String text, Work work, String theirs, double atLeast) {
        return new Goal(
                text, work, work.contenders().getFirst(), theirs, Results.Median::amountPerSecond, true, atLeast);
    }

    /// By another contender of ours than the first.
    Goal by(String contender) {
        return new Goal(text, work, contender, theirs, figure, least, bound);
    }

    /// That ours takes so many times less CPU than theirs.
    static Goal less(String what, Work work, String theirs, double times) {
        return cpu("%s: CPU %s times less than that of %s".formatted(what, times, theirs), work, theirs, 1 / times);
    }

    OptionalDouble ratio(Results results) {
        return results.ratio(work, ours, theirs, figure);
    }

    boolean met(double ratio) {
        return least ? ratio >= bound : ratio <= bound;
    }
}
