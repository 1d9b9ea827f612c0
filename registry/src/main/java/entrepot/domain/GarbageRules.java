package entrepot.domain;

import java.time.Duration;

/// When what is in nobody's use goes.
///
/// @param enabled whether it goes at all
/// @param grace from when a layer comes out of use until its repository has it no more
/// @param downloadGrace how much longer its bytes stay, for who has begun to read them
/// @param interval from one look to the next, at most
/// @param batch how many are looked at together
/// @param rate how many blobs go in a second, on one node; 0 for as many as can
public record GarbageRules(
        boolean enabled, Duration grace, Duration downloadGrace, Duration interval, int batch, int rate) {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration PULLS_BEGUN = Duration.ofMinutes(5);
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(500);

    /// A quarter of the grace is soon enough.
    private static final int LOOKS = 4;

    public static final GarbageRules USUAL = new GarbageRules(true, DAY, DAY, Duration.ofMinutes(1), 500, 0);

    /// From one look to the next: a grace that is short is not made long by it.
    public Duration pause() {
        var shorter = grace.compareTo(downloadGrace) < 0 ? grace : downloadGrace;
        var quarter = shorter.dividedBy(LOOKS);
        return atMost(quarter.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : quarter);
    }

    private Duration atMost(Duration pause) {
        return pause.compareTo(interval) < 0 ? pause : interval;
    }

    /// What collection's own time may go on by at once, so that whoever reads it just before does not lose by that: all
    /// that it measures is longer by so much.
    public Duration slack() {
        return pause().multipliedBy(2);
    }

    /// How long bytes stay that gave way to others of the same digest: a pull that has found them may not have opened
    /// them yet. They are many where a layer is pushed over and over, so it is minutes.
    public Duration replacedStay() {
        return downloadGrace.compareTo(PULLS_BEGUN) < 0 ? downloadGrace : PULLS_BEGUN;
    }

    /// How long somebody may count on a layer who was told that it is there.
    public Duration promise() {
        return grace.dividedBy(2);
    }
}
