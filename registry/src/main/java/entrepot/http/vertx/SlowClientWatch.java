package entrepot.http.vertx;

import entrepot.http.HttpLimits;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes a connection whose client takes too long to send a head or to take an answer. Lives on the event loop.
///
/// One look now and then instead of a timer for each request: a client is cut at most one look late.
final class SlowClientWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SlowClientWatch.class);

    private final Channel channel;
    private final Seat seat;
    private final HttpLimits.Pace limits;
    private final long pause;
    private int inProgress;
    private long headDeadline;
    private long lastProgress;
    private long lastMark;

    SlowClientWatch(Channel channel, Seat seat, HttpLimits.Pace limits) {
        this.channel = channel;
        this.seat = seat;
        this.limits = limits;
        this.pause = Math.min(limits.head().toNanos(), limits.idle().toNanos()) / 4;
        this.headDeadline = after(limits.head());
        look();
    }

    /// A head has come.
    void busy() {
        if (inProgress++ == 0) {
            seat.work();
        }
    }

    /// An answer is written. Vert.x may have handed out the next request already.
    void answered() {
        if (--inProgress == 0) {
            seat.await();
        }
        headDeadline = after(limits.idle());
    }

    private void look() {
        if (!channel.isOpen()) {
            return;
        }
        if (isTooSlow()) {
            LOG.debug("{} is too slow, closing", channel.remoteAddress());
            Connection.cut(channel);
            return;
        }
        var _ = channel.eventLoop().schedule(this::look, pause, TimeUnit.NANOSECONDS);
    }

    private boolean isTooSlow() {
        return isStuckWriting() || (inProgress == 0 && System.nanoTime() - headDeadline > 0);
    }

    /// What is to be written has not shrunk for as long as the idle timeout.
    private boolean isStuckWriting() {
        var out = channel.unsafe().outboundBuffer();
        if (out == null || out.isEmpty()) {
            lastProgress = System.nanoTime();
            return false;
        }
        var mark = 31 * (31 * out.totalPendingWriteBytes() + out.currentProgress())
                + System.identityHashCode(out.current());
        if (mark != lastMark) {
            lastMark = mark;
            lastProgress = System.nanoTime();
        }
        return System.nanoTime() - lastProgress > limits.idle().toNanos();
    }

    private static long after(Duration duration) {
        return System.nanoTime() + duration.toNanos();
    }
}
