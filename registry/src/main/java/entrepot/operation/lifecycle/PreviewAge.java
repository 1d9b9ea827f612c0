package entrepot.operation.lifecycle;

import entrepot.store.LifecyclePreviews.Preview;
import entrepot.store.LifecyclePreviews.State;
import java.time.Duration;
import java.time.Instant;

/// How long previews are kept.
final class PreviewAge {

    /// From its start, unless a newer one takes its place.
    static final Duration KEPT = Duration.ofHours(24);

    private PreviewAge() {}

    /// What it is by now, whatever its row says yet.
    static State state(Preview preview, Instant now) {
        return preview.state() != State.FAILED && preview.startedAt().plus(KEPT).isBefore(now)
                ? State.EXPIRED
                : preview.state();
    }
}
