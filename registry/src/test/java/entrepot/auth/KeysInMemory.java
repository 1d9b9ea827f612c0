package entrepot.auth;

import entrepot.store.AccessKeys;
import entrepot.store.AccountSettings;
import entrepot.store.Images;
import entrepot.store.Layers;
import entrepot.store.MetadataStore;
import entrepot.store.Referrers;
import entrepot.store.Repositories;
import entrepot.store.Transaction;
import entrepot.store.Uploads;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// The one table that authentication reads, and how often it was read.
public final class KeysInMemory implements MetadataStore, Transaction, AccessKeys {

    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();
    private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();

    public int reads() {
        return reads.get();
    }

    public void delete(String id) {
        keys.remove(id);
    }

    @Override
    public Optional<AccessKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public void create(AccessKey key) {
        keys.put(key.id(), key);
    }

    @Override
    public Optional<byte[]> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public void createSecret(String name, byte[] value) {
        if (secrets.putIfAbsent(name, value) != null) {
            throw new IllegalStateException("a secret of that name exists: " + name);
        }
    }

    @Override
    public synchronized <T> T transact(Function<Transaction, T> work) {
        return work.apply(this);
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        reads.incrementAndGet();
        return work.apply(this);
    }

    @Override
    public AccessKeys accessKeys() {
        return this;
    }

    @Override
    public Repositories repositories() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Images images() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Referrers referrers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Layers layers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uploads uploads() {
        throw new UnsupportedOperationException();
    }

    @Override
    public AccountSettings accountSettings() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
