package entrepot.store;

import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyAlias;
import entrepot.domain.RegistryId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names of keys.
public interface KeyAliases {

    /// By name, compared exactly.
    Optional<KeyAlias> find(RegistryId home, String name);

    /// The caller has made sure that the name is free; a lost race fails the transaction.
    void create(KeyAlias alias);

    /// Gives it to another key.
    void point(KeyAlias alias, EncryptionKey to, Instant now);

    /// Removing an absent one is not an error.
    void delete(KeyAlias alias);

    /// In the order of names, those after the name `after`, or from the first one.
    List<KeyAlias> list(RegistryId home, @Nullable String after, int limit);

    /// The same, of one key.
    List<KeyAlias> of(EncryptionKey key, @Nullable String after, int limit);
}
