package entrepot.upstream.wire;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a connection whose server does not take what is written to it: a socket has no time-out for that.
final class WriteWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WriteWatch.class);
    private static final ScheduledThreadPoolExecutor CLOCK = clock();
    private static final long NOT_WRITING = 0;

    private final Socket socket;
    private final long silence;
    private final Future<?> looks;
    private volatile long since = NOT_WRITING;

    WriteWatch(Socket socket, Duration silence) {
        this.socket = socket;
        this.silence = silence.toNanos();
        this.looks = CLOCK.scheduleWithFixedDelay(
                this::look, this.silence / 4, Math.max(1, this.silence / 4), TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("upstream-writes").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    void begin() {
        since = System.nanoTime() | 1;
    }

    void end() {
        since = NOT_WRITING;
    }

    private void look() {
        var begun = since;
        if (begun != NOT_WRITING && System.nanoTime() - begun > silence) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("a connection did not close well", e);
            }
        }
    }

    @Override
    public void close() {
        looks.cancel(false);
    }
}
