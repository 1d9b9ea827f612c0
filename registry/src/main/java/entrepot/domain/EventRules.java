package entrepot.domain;

import java.time.Duration;

/// How much of what was told is kept.
///
/// @param most events that are stored, delivered or not: above that the oldest are dropped
/// @param kept how long those that were delivered are kept, to be delivered again
public record EventRules(long most, Duration kept) {

    public static final EventRules USUAL = new EventRules(1_000_000, Duration.ofDays(7));
}
