package entrepot.cli;

import entrepot.check.Onlooker;
import entrepot.move.Progress;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Shows how far a move is, or the like: on a terminal in one line that is written over, elsewhere in a line now and
/// then, or not at all.
final class MoveProgress implements Progress, Onlooker, AutoCloseable {

    private static final int BAR = 20;
    private static final int WIDTH = 100;
    private static final long MEGA = 1_000_000;

    private final PrintWriter out;
    private final boolean isTerminal;
    private final boolean isQuiet;
    private final String act;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final AtomicLong blobs = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private volatile long allBlobs;
    private volatile long allBytes;
    private volatile long begun = System.nanoTime();

    MoveProgress(PrintWriter out, boolean isTerminal) {
        this(out, isTerminal, false, "move");
    }

    private MoveProgress(PrintWriter out, boolean isTerminal, boolean isQuiet, String act) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.isQuiet = isQuiet;
        this.act = act;
        if (isQuiet) {
            return;
        }
        var every = isTerminal ? Duration.ofMillis(250) : Duration.ofSeconds(10);
        var _ = clock.scheduleAtFixedRate(this::show, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// On a terminal alone.
    ///
    /// @param act what is done to blobs
    static MoveProgress onTerminal(PrintWriter out, String act) {
        var isTerminal = isTerminal();
        return new MoveProgress(out, isTerminal, !isTerminal, act);
    }

    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    @Override
    public void ahead(long number, long size) {
        allBlobs = number;
        allBytes = size;
        begun = System.nanoTime();
        if (!isQuiet) {
            say(String.format(Locale.ROOT, "%,d blobs, %,d MB to %s", number, size / MEGA, act));
        }
    }

    @Override
    public void bytes(long number) {
        bytes.addAndGet(number);
    }

    @Override
    public void blob() {
        blobs.incrementAndGet();
    }

    @Override
    public void row() {
        rows.incrementAndGet();
    }

    @Override
    public synchronized void say(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    private synchronized void show() {
        if (isTerminal) {
            out.print("\r" + padded(bar() + " " + line()));
        } else {
            out.println(line());
        }
        out.flush();
    }

    private static String padded(String line) {
        return String.format(Locale.ROOT, "%-" + WIDTH + "s", line);
    }

    private String bar() {
        var full = allBytes == 0 ? BAR : (int) Math.min(BAR, BAR * bytes.get() / allBytes);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }

    /// What came, how quickly, and for how long it will go on so.
    String line() {
        if (rows.get() > 0) {
            return String.format(Locale.ROOT, "%,d rows", rows.get());
        }
        var seconds = Math.max(1, (System.nanoTime() - begun) / 1_000_000_000);
        var rate = bytes.get() / seconds;
        return String.format(
                Locale.ROOT,
                "%,d of %,d blobs, %,d of %,d MB, %,d MB/s, %s left",
                blobs.get(),
                allBlobs,
                bytes.get() / MEGA,
                allBytes / MEGA,
                rate / MEGA,
                rate == 0 ? "?" : left((allBytes - bytes.get()) / rate));
    }

    private static String left(long seconds) {
        var left = Duration.ofSeconds(Math.max(0, seconds));
        return String.format(Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }

    private void clear() {
        if (isTerminal) {
            out.print("\r" + padded("") + "\r");
        }
    }

    /// Leaves an empty line on a terminal.
    synchronized void end() {
        clock.shutdownNow();
        clear();
        out.flush();
    }

    @Override
    public void close() {
        end();
    }
}
