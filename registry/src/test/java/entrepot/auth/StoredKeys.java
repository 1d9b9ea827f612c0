package entrepot.auth;

import entrepot.store.AccessKeys;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.ForwardedMetadata;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import entrepot.store.Transaction;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/// A store that is used for its access keys and secrets alone, each changed by itself, and how often it was read.
public final class StoredKeys extends ForwardedMetadata {

    private final AtomicInteger reads = new AtomicInteger();

    public StoredKeys() {
        super(TestStores.metadata());
    }

    /// So far, by others than the methods of this class.
    public int reads() {
        return reads.get();
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        reads.incrementAndGet();
        return super.read(work);
    }

    /// The same store as another node has it, which does not see what this one changes.
    public MetadataStore elsewhere() {
        return new ForwardedMetadata(this) {
            @Override
            public long accessChanges() {
                return 0;
            }
        };
    }

    public void create(AccessKey key) {
        change(keys -> keys.create(key));
    }

    public void setActive(String id, boolean active) {
        change(keys -> keys.setActive(id, active));
    }

    public void delete(String id) {
        change(keys -> keys.delete(id));
    }

    public Optional<byte[]> secret(String name) {
        return super.read(tx -> tx.accessKeys().secret(name));
    }

    public void createSecret(String name, byte[] value) {
        change(keys -> keys.createSecret(name, value));
    }

    private void change(Consumer<AccessKeys> change) {
        transact(tx -> {
            change.accept(tx.accessKeys());
            return true;
        });
    }
}
