package entrepot.job;

import entrepot.check.Round;
import entrepot.domain.ScrubRules;
import java.time.Duration;

/// Looks at everything that is stored, slowly, and marks what is damaged; see [Round].
record Scrub(Round round, ScrubRules rules) implements Job {

    private static final Duration LOOKS = Duration.ofSeconds(60);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    /// How soon it is seen that a round is due.
    @Override
    public Duration every() {
        return rules.every() == null || rules.every().compareTo(LOOKS) > 0 ? LOOKS : rules.every();
    }

    @Override
    public boolean step(Failures failures) {
        return rules.every() != null && round.step(rules.every());
    }
}
