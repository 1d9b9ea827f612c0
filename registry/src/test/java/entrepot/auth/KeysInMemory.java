package entrepot.auth;

import entrepot.domain.User;
import entrepot.store.AccessKeys;
import entrepot.store.AccountSettings;
import entrepot.store.Accounts;
import entrepot.store.Images;
import entrepot.store.Layers;
import entrepot.store.MetadataStore;
import entrepot.store.Policies;
import entrepot.store.Referrers;
import entrepot.store.Repositories;
import entrepot.store.ResourcePolicies;
import entrepot.store.Transaction;
import entrepot.store.Uploads;
import entrepot.store.Users;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one table that authentication reads, and how often it was read.
public final class KeysInMemory implements MetadataStore, Transaction, AccessKeys {

    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();
    private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();

    private final AtomicLong changes = new AtomicLong();

    public int reads() {
        return reads.get();
    }

    /// As if this process had committed what was changed; without it, another node has.
    public void countChange() {
        changes.incrementAndGet();
    }

    @Override
    public long accessChanges() {
        return changes.get();
    }

    @Override
    public void delete(String id) {
        keys.remove(id);
    }

    @Override
    public void setActive(String id, boolean active) {
        keys.computeIfPresent(
                id, (same, key) -> new AccessKey(id, key.secret(), key.account(), key.user(), active, key.createdAt()));
    }

    @Override
    public List<AccessKey> of(String account, @Nullable User user) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Use> lastUse(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void used(String id, Use use) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Accounts accounts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Users users() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Policies policies() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ResourcePolicies resourcePolicies() {
        throw new UnsupportedOperationException();
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
    public void replaceSecret(String name, byte[] value) {
        secrets.replace(name, value);
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
