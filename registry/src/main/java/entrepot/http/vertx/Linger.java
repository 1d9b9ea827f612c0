package entrepot.http.vertx;

import entrepot.http.HttpLimits;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The end of a connection after an answer that its client may not have read yet, because it is still sending. Closing
/// on unread bytes would reset the connection, and the answer could be lost (RFC 9112, 9.6). So reading goes on for as
/// long as bytes come, within a bound. Lives on the event loop.
final class Linger {

    /// For those who come when too many linger already.
    private static final Duration SHORT = Duration.ofSeconds(1);

    /// A client that sends nothing for this part of the longest time has read the answer, or never will.
    private static final int QUIET_PART = 6;

    private final Channel channel;
    private final LongSupplier reads;
    private final long pause;
    private final long deadline;
    private long before;

    private Linger(Channel channel, LongSupplier reads, Duration longest) {
        this.channel = channel;
        this.reads = reads;
        this.pause = longest.toNanos() / QUIET_PART;
        this.deadline = System.nanoTime() + longest.toNanos();
    }

    /// @param reads how often something was read from the channel, for which nobody else cares from now on
    static void begin(Channel channel, LongSupplier reads, HttpLimits.Pace pace, OpenConnections all) {
        if (channel instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
        }
        if (all.mayLinger()) {
            var _ = channel.closeFuture().addListener(_ -> all.lingered());
            new Linger(channel, reads, pace.linger()).await();
        } else {
            var _ = channel.eventLoop().schedule(() -> Connection.cut(channel), SHORT.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void await() {
        before = reads.getAsLong();
        var _ = channel.eventLoop().schedule(this::look, pause, TimeUnit.NANOSECONDS);
    }

    private void look() {
        if (reads.getAsLong() == before || System.nanoTime() - deadline >= 0) {
            Connection.cut(channel);
        } else {
            await();
        }
    }
}
