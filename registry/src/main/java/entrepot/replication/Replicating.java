package entrepot.replication;

import entrepot.domain.RegistryId;
import entrepot.event.LineWorkers;
import entrepot.store.Events.Line;
import entrepot.store.MetadataStore;
import entrepot.store.Replication.Fresh;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Brings changes to where they go until none is due: a destination's lines are worked at as [LineWorkers] does.
public final class Replicating {

    /// Changes that are put into lines together.
    private static final int FRESH = 200;

    private final MetadataStore metadata;
    private final InstantSource clock;
    private final Replicas replicas;
    private final BackfillWork backfills;
    private final LineWorkers workers;
    private final Map<String, String> failed = new ConcurrentHashMap<>();

    /// @param carried has work done on another thread by the lease of this one
    public Replicating(
            MetadataStore metadata, InstantSource clock, Replicas replicas, UnaryOperator<Runnable> carried) {
        this.metadata = metadata;
        this.clock = clock;
        this.replicas = replicas;
        this.backfills = new BackfillWork(metadata, clock);
        this.workers = new LineWorkers(new OfChanges(), carried);
    }

    /// Returns when nothing is due and nothing under way, or when it is interrupted. Gives why destinations failed.
    public Map<String, String> run() {
        workers.run();
        return failed;
    }

    private final class OfChanges implements LineWorkers.Lines {

        @Override
        public int queue() {
            var fresh = metadata.read(tx -> tx.replication().fresh(FRESH));
            if (!fresh.isEmpty()) {
                metadata.transactGuarded(tx -> {
                    queue(tx, fresh);
                    return fresh;
                });
            }
            return fresh.size() + (backfills.step() ? 1 : 0);
        }

        private void queue(Transaction tx, List<Fresh> fresh) {
            var wanted = new TreeMap<String, List<Long>>();
            for (var each : fresh) {
                var change = each.change();
                each.rules()
                        .destinations(change.repository().repository(), change.kind())
                        .forEach(destination -> wanted.computeIfAbsent(destination.toString(), _ -> new ArrayList<>())
                                .add(change.id()));
            }
            var now = clock.instant();
            wanted.forEach((destination, ids) -> tx.replication().queue(RegistryId.parse(destination), ids, now));
            tx.replication()
                    .queued(fresh.stream().map(each -> each.change().id()).toList());
        }

        @Override
        public Collection<String> targets() {
            return metadata.ask(tx -> tx.replication().destinations());
        }

        @Override
        public List<Line> due(String destination, int limit) {
            var now = clock.instant();
            var latest = now.plus(LineBringing.LONGEST_WAIT);
            return metadata.read(tx -> tx.replication().due(destination, now, latest, limit));
        }

        @Override
        public void work(Line line) {
            new LineBringing(metadata, clock, replicas, line).run(failed);
        }
    }
}
