package entrepot.event;

import entrepot.event.EventSender.Sent;
import entrepot.store.Events.Line;
import entrepot.store.Events.Waiting;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers the first events of a line, in order, until one fails. That one is tried again after a while, which is
/// longer each time; those behind it wait. What was delivered is written down after it, so that it is delivered again
/// if
/// that is cut off.
record LineDelivery(MetadataStore metadata, InstantSource clock, EventTarget target, Line line) {

    private static final Logger LOG = LoggerFactory.getLogger(LineDelivery.class);

    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /// What has waited so long and fails is given up.
    static final Duration PATIENCE = Duration.ofHours(24);

    private static final int TOGETHER = 50;
    private static final int MOST_DOUBLINGS = 9;

    /// @param failed is told why, by address
    void run(Map<String, String> failed) {
        var waiting = metadata.read(tx -> tx.events().waiting(line, TOGETHER));
        try {
            var sent = sent(waiting);
            write(waiting, sent);
            if (sent.error() != null) {
                failed.put(target.address(), sent.error());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A fault in the sender is one of the event, and holds no other target back.
    private Sent sent(List<Waiting> waiting) throws InterruptedException {
        try {
            return target.sender().send(waiting.stream().map(Waiting::event).toList());
        } catch (RuntimeException e) {
            LOG.debug("{} failed", target.address(), e);
            return new Sent(0, e.getClass().getSimpleName());
        }
    }

    private void write(List<Waiting> waiting, Sent sent) {
        var done = waiting.stream().limit(sent.count()).map(Waiting::id).toList();
        var now = clock.instant();
        var givenUp = metadata.transactGuarded(tx -> {
            tx.events().delivered(line, done, now);
            if (sent.error() == null) {
                return 0;
            }
            var left = new Line(line.target(), line.repository(), done.isEmpty() ? line.tries() : 0);
            tx.events().failed(left, sent.error(), now, now.plus(wait(left.tries())));
            return tx.events().giveUp(left, now.minus(PATIENCE));
        });
        count(done.size(), sent, givenUp, now);
    }

    private static Duration wait(int tries) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void count(int delivered, Sent sent, int givenUp, Instant now) {
        target.counts().delivered().add(delivered);
        if (sent.error() != null) {
            target.counts().failed().increment();
        }
        if (givenUp > 0) {
            target.counts().givenUp().add(givenUp);
            LOG.warn(
                    "gave up {} events of {} for {} that have waited since {} or longer: {}",
                    givenUp,
                    line.repository(),
                    target.address(),
                    now.minus(PATIENCE),
                    sent.error());
        }
    }
}
