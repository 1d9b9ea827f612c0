package entrepot.event;

import static java.util.Objects.requireNonNull;

import entrepot.store.Events.Line;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
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

/// Delivers events until none is due. Each target has its lines, one for a repository, and some of them are worked at
/// at the same time: so who hangs delays nobody else, and a repository that fails none of the others.
///
/// One thread looks for what is due; what it finds is delivered on others.
public final class EventDeliveries {

    /// Lines of a target that are worked at together.
    static final int LINES = 16;

    /// Events that are put into lines together.
    private static final int FRESH = 200;

    /// While something is under way, there may be more to do.
    private static final Duration LOOKS_AGAIN_AFTER = Duration.ofMillis(100);

    private final MetadataStore metadata;
    private final InstantSource clock;
    private final List<EventTarget> targets;
    private final UnaryOperator<Runnable> carried;
    private final Map<String, Map<String, Thread>> working = new HashMap<>();
    private final Map<String, String> failed = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private final Semaphore ended = new Semaphore(0);

    /// @param carried has work done on another thread by the lease of this one
    public EventDeliveries(
            MetadataStore metadata, InstantSource clock, List<EventTarget> targets, UnaryOperator<Runnable> carried) {
        this.metadata = metadata;
        this.clock = clock;
        this.targets = targets;
        this.carried = carried;
        targets.forEach(target -> working.put(target.name(), new ConcurrentHashMap<>()));
    }

    /// Returns when nothing is due and nothing under way, or when it is interrupted. Gives why targets failed, by their
    /// addresses.
    public Map<String, String> run() {
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
            throw new IllegalStateException("events cannot be delivered now", broken.get());
        }
        return failed;
    }

    /// Says whether to look again.
    private boolean moves() throws InterruptedException {
        var moved = queue() + targets.stream().mapToInt(this::begin).sum();
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

    /// Puts new events into lines.
    private int queue() {
        var fresh = metadata.read(tx -> tx.events().fresh(FRESH));
        if (!fresh.isEmpty()) {
            var now = clock.instant();
            metadata.transactGuarded(tx -> {
                for (var target : targets) {
                    var wanted = fresh.stream().filter(target::wants).map(event -> event.id());
                    tx.events().queue(target.name(), wanted.toList(), now);
                }
                tx.events().queued(fresh.stream().map(event -> event.id()).toList());
                return fresh;
            });
        }
        return fresh.size();
    }

    /// Begins with lines of a target that are due. Says with how many.
    private int begin(EventTarget target) {
        var lines = requireNonNull(working.get(target.name()));
        var room = LINES - lines.size();
        if (room <= 0) {
            return 0;
        }
        var busy = Set.copyOf(lines.keySet()); // those that end from here on are found as they were before
        var now = clock.instant();
        var latest = now.plus(LineDelivery.LONGEST_WAIT);
        var due = metadata.read(tx -> tx.events().due(target.name(), now, latest, LINES)).stream()
                .filter(line -> !busy.contains(line.repository()))
                .limit(room)
                .toList();
        due.forEach(line -> begin(target, line, lines));
        return due.size();
    }

    private void begin(EventTarget target, Line line, Map<String, Thread> lines) {
        var work = carried.apply(() -> new LineDelivery(metadata, clock, target, line).run(failed));
        var thread = Thread.ofVirtual().name("event").unstarted(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                broken.compareAndSet(null, e);
            } finally {
                lines.remove(line.repository());
                ended.release();
            }
        });
        lines.put(line.repository(), thread);
        thread.start();
    }

    /// Whoever is at it ends, and what he did not write down is delivered again.
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
