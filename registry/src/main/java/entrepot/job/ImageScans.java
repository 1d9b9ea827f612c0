package entrepot.job;

import entrepot.domain.ImageScan;
import entrepot.scan.ScanWork;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Scans images. Each node does, since a scan takes long; who makes one has a claim on it.
///
/// @param work null where there is no scanner
/// @param concurrency scans that one node makes at the same time
public record ImageScans(@Nullable ScanWork work, int concurrency) implements Job {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONG_PAUSE = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public Scope scope() {
        return Scope.EACH_NODE;
    }

    @Override
    public Duration every() {
        return work == null ? LONG_PAUSE : PAUSE;
    }

    /// Until nothing is left to be scanned.
    @Override
    public boolean step(Failures failures) {
        if (work != null) {
            scan(work, failures);
        }
        return false;
    }

    private void scan(ScanWork scanner, Failures failures) {
        var failed = new ConcurrentHashMap<Long, Throwable>();
        var busy = new AtomicInteger();
        var lanes = Stream.generate(() -> new Lane(scanner, concurrency, busy, failed))
                .limit(concurrency)
                .map(lane -> Thread.ofVirtual().name("scan").start(lane))
                .toList();
        join(lanes);
        failed.forEach((scan, why) -> failures.attempt(scan, () -> {
            throw new IllegalStateException(why);
        }));
    }

    /// One scan after the other, and those that are asked for while another lane has a long one.
    ///
    /// @param busy how many lanes make one
    private record Lane(ScanWork work, int concurrency, AtomicInteger busy, ConcurrentHashMap<Long, Throwable> failed)
            implements Runnable {

        @Override
        public void run() {
            boolean more;
            do {
                more = open().stream().anyMatch(this::isMade) || othersWork();
            } while (more && !Thread.currentThread().isInterrupted());
        }

        /// Waits a moment where they do.
        private boolean othersWork() {
            if (busy.get() == 0) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /// As many as the other lanes may have begun with by now, and one more, behind those that failed.
        private List<ImageScan> open() {
            try {
                return work.open(concurrency + failed.size());
            } catch (RuntimeException e) {
                failed.put(0L, e);
                return List.of();
            }
        }

        private boolean isMade(ImageScan scan) {
            busy.incrementAndGet();
            try {
                return !failed.containsKey(scan.id()) && work.make(scan);
            } catch (IOException | RuntimeException e) {
                failed.put(scan.id(), e);
                return true;
            } finally {
                busy.decrementAndGet();
            }
        }
    }

    private static void join(List<Thread> lanes) {
        try {
            for (var lane : lanes) {
                lane.join();
            }
        } catch (InterruptedException e) {
            lanes.forEach(Thread::interrupt);
            end(lanes);
            Thread.currentThread().interrupt();
        }
    }

    /// Each ends its scanner.
    private static void end(List<Thread> lanes) {
        try {
            for (var lane : lanes) {
                lane.join(PATIENCE);
            }
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
