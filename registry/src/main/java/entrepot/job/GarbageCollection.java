package entrepot.job;

import entrepot.domain.GarbageRules;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collects what is in nobody's use, as long as it is to. Its bytes are deleted by [DiscardedBlobs].
public record GarbageCollection(MetadataStore metadata, InstantSource clock, GarbageRules rules) implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollection.class);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return rules.pause();
    }

    @Override
    public boolean step(Failures failures) {
        if (!rules.enabled()) {
            return false;
        }
        var came = Collector.usual(metadata, clock, rules).step(failures, Pace.beside(metadata, rules.rate()));
        if (came.layers() + came.blobs() > 0) {
            LOG.info("{} layers taken out of their repositories, {} blobs in none left", came.layers(), came.blobs());
        }
        return came.more();
    }
}
