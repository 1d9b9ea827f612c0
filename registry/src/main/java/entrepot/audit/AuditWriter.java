package entrepot.audit;

import entrepot.operation.AuditEvent;
import entrepot.operation.AuditTrail;
import entrepot.operation.Deed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events through a bounded buffer, on one thread. Whoever finds the buffer full waits, and so slows down with
/// the disk. What found no room in time, or could not be written, is counted, and the count is a line of its own as
/// soon as one can be written. A crash loses what is in the buffer and nothing else.
public final class AuditWriter implements AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);

    private static final int LINES = 10_000;
    private static final int LINES_AT_ONCE = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration COMPLAINS_AGAIN_AFTER = Duration.ofSeconds(10);
    private static final Duration ENDING = Duration.ofSeconds(5);

    /// Comes behind the last line.
    private static final byte[] END = new byte[0];

    private final AuditOutput output;
    private final InstantSource clock;
    private final Duration patience;
    private final BlockingQueue<byte[]> buffer;
    private final AtomicLong missed = new AtomicLong();
    private final Thread thread;

    // on the thread
    private boolean torn;
    private long complainedAt = System.nanoTime() - COMPLAINS_AGAIN_AFTER.toNanos() - 1;

    AuditWriter(AuditOutput output, InstantSource clock, int lines, Duration patience) {
        this.output = output;
        this.clock = clock;
        this.patience = patience;
        this.buffer = new ArrayBlockingQueue<>(lines);
        this.thread = Thread.ofPlatform().daemon().name("audit").start(this::run);
    }

    /// Writes to the process's own output.
    public static AuditWriter toStdout(InstantSource clock) {
        return new AuditWriter(AuditOutput.stdout(), clock, LINES, PATIENCE);
    }

    /// Adds to a file, which is made if it is not there.
    ///
    /// @throws IOException if the file cannot be opened
    public static AuditWriter toFile(Path file, InstantSource clock) throws IOException {
        return new AuditWriter(new AuditFile(file), clock, LINES, PATIENCE);
    }

    @Override
    public void record(AuditEvent event) {
        write(AuditLine.of(event, clock.instant()));
    }

    @Override
    public void record(Deed deed) {
        write(AuditLine.of(deed, clock.instant()));
    }

    @Override
    public boolean isBusy() {
        return buffer.remainingCapacity() < buffer.size();
    }

    private void write(byte[] line) {
        if (!offer(line, patience)) {
            missed.incrementAndGet();
        }
    }

    /// Returns when all lines are written, or cannot be.
    @Override
    public void close() {
        try {
            if (!offer(END, ENDING) || !thread.join(ENDING)) {
                LOG.error("{} lines of the audit could not be written", missed.get() + buffer.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean offer(byte[] line, Duration wait) {
        try {
            return buffer.offer(line, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return buffer.offer(line);
        }
    }

    private void run() {
        var ended = false;
        while (!ended) {
            var lines = next();
            ended = lines.removeIf(line -> line.length == 0);
            write(lines);
        }
        try {
            output.close();
        } catch (IOException e) {
            LOG.error("the audit's file could not be closed", e);
        }
    }

    /// Waits for a while only, since a gap wants to be told too.
    private List<byte[]> next() {
        var lines = new ArrayList<byte[]>();
        try {
            var first = buffer.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                lines.add(first);
                buffer.drainTo(lines, LINES_AT_ONCE - 1);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
        return lines;
    }

    private void write(List<byte[]> lines) {
        var batch = AuditBatch.of(lines, missed.getAndSet(0), clock.instant());
        if (batch.isEmpty()) {
            return;
        }
        var bytes = batch.bytes(torn);
        try {
            output.write(bytes);
            torn = false;
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            missed.addAndGet(batch.lost(bytes, torn));
            torn = AuditBatch.endsTorn(bytes, torn);
            complain(e);
        }
    }

    /// Now and then: a full disk must not fill another one.
    private void complain(Throwable failure) {
        var now = System.nanoTime();
        if (now - complainedAt > COMPLAINS_AGAIN_AFTER.toNanos()) {
            complainedAt = now;
            LOG.error("{} lines of the audit could not be written so far", missed.get(), failure);
        }
    }
}
