package entrepot.auth.token;

import entrepot.auth.Hmac;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// 32 random bytes that all nodes share and that outlive a restart. Made when they are first asked for.
public final class ServerSecret {

    private static final int LENGTH = 32;

    private final MetadataStore store;
    private final String name;
    private final SecureRandom random;
    private volatile byte @Nullable [] value;

    public ServerSecret(MetadataStore store, String name, SecureRandom random) {
        this.store = store;
        this.name = name;
        this.random = random;
    }

    /// The HMAC-SHA256 of the data under this secret.
    byte[] mac(byte[] data) {
        return Hmac.SHA256.of(bytes(), data);
    }

    private byte[] bytes() {
        var known = value;
        if (known == null) {
            known = store.read(tables -> tables.accessKeys().secret(name))
                    .orElseGet(() -> store.transact(this::findOrCreate));
            value = known;
        }
        return known;
    }

    private byte[] findOrCreate(Transaction tables) {
        return tables.accessKeys().secret(name).orElseGet(() -> {
            var fresh = new byte[LENGTH];
            random.nextBytes(fresh);
            tables.accessKeys().createSecret(name, fresh);
            return fresh;
        });
    }
}
