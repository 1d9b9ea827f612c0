package entrepot.event;

import static java.util.Objects.requireNonNull;

import entrepot.store.Events.Line;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Works at lines until none is due. Each target has its lines, one for a repository, and some of them are worked at
/// at the same time: so who hangs delays nobody else, and a repository that fails none of the others.
///
/// One thread looks for what is due; what it finds is worked at on others.
public final class LineWorkers {

    /// Lines of a target that are worked at together.
    static final int LINES = 16;

    /// While something is under way, there may be more to do.
    private static final Duration LOOKS_AGAIN_AFTER = Duration.ofMillis(100);

    private final Lines lines;
    private final UnaryOperator<Runnable> carried;
    private final Map<String, Map<String, Thread>> working = new HashMap<>();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private final Semaphore ended = new Semaphore(0);

    /// The lines, as the tables have them.
    public interface Lines {

        /// Puts what is new into lines. Says how much that was.
        int queue();

        /// Who may have lines.
        Collection<String> targets();

        /// Those of a target whose first entry is due.
        List<Line> due(String target, int limit);

        /// Does what a line has, or some of it.
        void work(Line line);
    }

    /// @param carried has work done on another thread by the lease of this one
    public LineWorkers(Lines lines, UnaryOperator<Runnable> carried) {
        this.lines = lines;
        this.carried = carried;
    }

    /// Returns when nothing is due and nothing under way, or when it is interrupted. Fails if the lines cannot be read
    /// or written.
    public void run() {
        try {
            boolean more;
            do {
                ended.drainPermits();
                more = moves();
            } while (more && broken.get() == null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop();
        }
        if (broken.get() != null) {
            throw new IllegalStateException("lines cannot be worked at now", broken.get());
        }
    }

    /// Says whether to look again.
    private boolean moves() throws InterruptedException {
        var moved =
                lines.queue() + lines.targets().stream().mapToInt(this::begin).sum();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (moved == 0 && working.values().stream().allMatch(Map::isEmpty)) {
            return ended.tryAcquire();
        }
        if (moved == 0) {
            ended.tryAcquire(LOOKS_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    /// Begins with lines of a target that are due. Says with how many.
    private int begin(String target) {
        var worked = working.computeIfAbsent(target, _ -> new ConcurrentHashMap<>());
        var room = LINES - worked.size();
        if (room <= 0) {
            return 0;
        }
        var busy = Set.copyOf(worked.keySet()); // those that end from here on are found as they were before
        var due = lines.due(target, LINES).stream()
                .filter(line -> !busy.contains(line.repository()))
                .limit(room)
                .toList();
        due.forEach(line -> begin(line, requireNonNull(working.get(target))));
        return due.size();
    }

    private void begin(Line line, Map<String, Thread> worked) {
        var work = carried.apply(() -> lines.work(line));
        var thread = Thread.ofVirtual().name("line").unstarted(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                broken.compareAndSet(null, e);
            } finally {
                worked.remove(line.repository());
                ended.release();
            }
        });
        worked.put(line.repository(), thread);
        thread.start();
    }

    /// Whoever is at it ends, and what he did not write down is done again.
    private void stop() {
        var threads = new HashSet<Thread>();
        working.values().stream().map(Map::values).forEach(threads::addAll);
        threads.forEach(Thread::interrupt);
        var wasInterrupted = Thread.interrupted();
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            wasInterrupted = true;
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
