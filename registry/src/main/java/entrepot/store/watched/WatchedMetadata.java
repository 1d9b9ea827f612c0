package entrepot.store.watched;

import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import entrepot.watch.Watch;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Metadata, each of whose transactions is told to a watch.
public final class WatchedMetadata implements MetadataStore {

    private final MetadataStore store;
    private final Told told;

    public WatchedMetadata(MetadataStore store, Watch watch) {
        this.store = store;
        this.told = new Told(watch);
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        return told.call("metadata.transact", () -> store.transact(work));
    }

    @Override
    public <T> T transactGuarded(Function<Transaction, T> work) {
        return told.call("metadata.transact-guarded", () -> store.transactGuarded(work));
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return told.call("metadata.read", () -> store.read(work));
    }

    @Override
    public <T> T ask(Function<Transaction, T> question) {
        return told.call("metadata.ask", () -> store.ask(question));
    }

    @Override
    public boolean isShared() {
        return store.isShared();
    }

    @Override
    public long accessChanges() {
        return store.accessChanges();
    }

    @Override
    public OptionalLong state() {
        return store.state();
    }

    @Override
    public void check() {
        store.check();
    }

    @Override
    public void checkSchema() throws IOException {
        store.checkSchema();
    }

    @Override
    public Optional<Load> load() {
        return store.load();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
