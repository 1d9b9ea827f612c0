package entrepot.job;

import entrepot.store.MetadataStore;
import java.time.Duration;

/// Removes the rows of deleted repositories, a few at a time, so that deleting a large one holds nobody up.
public record RepositoryPurge(MetadataStore metadata) implements Job {

    private static final int ROWS = 500;

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step() {
        return metadata.transact(tx -> tx.repositories().purge(ROWS));
    }
}
