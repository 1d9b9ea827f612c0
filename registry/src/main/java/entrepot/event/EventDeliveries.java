package entrepot.event;

import static java.util.Objects.requireNonNull;

import entrepot.store.Events.Line;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Delivers events until none is due: a target's lines are worked at as [LineWorkers] does.
public final class EventDeliveries {

    /// Lines of a target that are worked at together.
    static final int LINES = LineWorkers.LINES;

    /// Events that are put into lines together.
    private static final int FRESH = 200;

    private final MetadataStore metadata;
    private final InstantSource clock;
    private final Map<String, EventTarget> targets = new LinkedHashMap<>();
    private final LineWorkers workers;
    private final Map<String, String> failed = new ConcurrentHashMap<>();

    /// @param carried has work done on another thread by the lease of this one
    public EventDeliveries(
            MetadataStore metadata, InstantSource clock, List<EventTarget> targets, UnaryOperator<Runnable> carried) {
        this.metadata = metadata;
        this.clock = clock;
        targets.forEach(target -> this.targets.put(target.name(), target));
        this.workers = new LineWorkers(new OfEvents(), carried);
    }

    /// Returns when nothing is due and nothing under way, or when it is interrupted. Gives why targets failed, by their
    /// addresses.
    public Map<String, String> run() {
        workers.run();
        return failed;
    }

    private final class OfEvents implements LineWorkers.Lines {

        @Override
        public int queue() {
            var fresh = metadata.read(tx -> tx.events().fresh(FRESH));
            if (!fresh.isEmpty()) {
                var now = clock.instant();
                metadata.transactGuarded(tx -> {
                    for (var target : targets.values()) {
                        var wanted = fresh.stream().filter(target::wants).map(event -> event.id());
                        tx.events().queue(target.name(), wanted.toList(), now);
                    }
                    tx.events().queued(fresh.stream().map(event -> event.id()).toList());
                    return fresh;
                });
            }
            return fresh.size();
        }

        @Override
        public Collection<String> targets() {
            return targets.keySet();
        }

        @Override
        public List<Line> due(String target, int limit) {
            var now = clock.instant();
            var latest = now.plus(LineDelivery.LONGEST_WAIT);
            return metadata.read(tx -> tx.events().due(target, now, latest, limit));
        }

        @Override
        public void work(Line line) {
            new LineDelivery(metadata, clock, requireNonNull(targets.get(line.target())), line).run(failed);
        }
    }
}
