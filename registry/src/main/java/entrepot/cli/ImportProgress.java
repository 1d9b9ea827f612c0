package entrepot.cli;

import entrepot.transfer.Watcher;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Shows how far an import is, on a terminal alone, in one line that is written over.
final class ImportProgress implements Watcher, AutoCloseable {

    private static final int BAR = 20;
    private static final int WIDTH = 80;
    private static final long MEGA = 1_000_000;
    private static final long EVERY_MS = 250;

    private final PrintWriter out;
    private final boolean isTerminal;
    private final AtomicLong all = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final long begun = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    ImportProgress(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
        if (isTerminal) {
            var _ = clock.scheduleAtFixedRate(this::show, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void ahead(int images) {
        all.addAndGet(images);
    }

    @Override
    public void image() {
        done.incrementAndGet();
    }

    @Override
    public void blob(long length) {
        bytes.addAndGet(length);
    }

    @Override
    public synchronized void say(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    private synchronized void show() {
        out.print("\r" + padded(line()));
        out.flush();
    }

    String line() {
        var full = all.get() == 0 ? 0 : (int) (BAR * done.get() / all.get());
        var seconds = Math.max(1, (System.nanoTime() - begun) / 1_000_000_000);
        return String.format(
                Locale.ROOT,
                "[%s%s] %,d of %,d images, %,d MB, %,d MB/s",
                "#".repeat(full),
                "-".repeat(BAR - full),
                done.get(),
                all.get(),
                bytes.get() / MEGA,
                bytes.get() / MEGA / seconds);
    }

    private static String padded(String line) {
        return String.format(Locale.ROOT, "%-" + WIDTH + "s", line);
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
