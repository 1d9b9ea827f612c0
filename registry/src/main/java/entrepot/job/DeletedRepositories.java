package entrepot.job;

import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.List;

/// Removes the rows of deleted repositories, a few at a time and with rests in between, so that deleting a large
/// one holds nobody up: on SQLite a push waits for no more than one such lot, and elsewhere for none.
///
/// @param keep how long they are kept first that are to be
/// @param atMost from run to run
public record DeletedRepositories(MetadataStore metadata, Duration keep, Duration atMost) implements Job {

    private static final int ROWS_OF_ONE_WRITER = 200;
    private static final int ROWS = 1000;
    private static final Duration USUAL = Duration.ofSeconds(10);

    public DeletedRepositories(MetadataStore metadata) {
        this(metadata, Duration.ZERO, USUAL);
    }

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return atMost.compareTo(USUAL) < 0 ? atMost : USUAL;
    }

    @Override
    public boolean step(Failures failures) {
        var next = failures.untried(1, this::deleted);
        for (var id : next) {
            Pace.beside(metadata, 0).of(() -> failures.attempt(id, () -> purge(id)) ? 1 : 0);
        }
        return !next.isEmpty();
    }

    private void purge(long id) {
        var rows = metadata.isShared() ? ROWS : ROWS_OF_ONE_WRITER;
        metadata.transact(tx -> tx.repositories().purge(id, rows));
    }

    private List<Long> deleted(int limit) {
        return metadata.read(tx -> tx.repositories().deleted(keep, limit));
    }
}
