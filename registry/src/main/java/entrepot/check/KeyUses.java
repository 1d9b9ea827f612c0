package entrepot.check;

import entrepot.domain.Arn;
import entrepot.domain.Encryption;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyAlias;
import entrepot.domain.Repository;
import entrepot.store.Layers.Blob;
import entrepot.store.MetadataStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys of the built-in key service, and those of another one that something here is encrypted by. Only reads; no
/// key is used.
public final class KeyUses {

    private static final int PAGE = 100;

    /// A key, and what is encrypted by it.
    ///
    /// @param state null where the built-in service has no such key: it is another service's, or was deleted
    /// @param repositories with their accounts and regions
    /// @param bytes of blobs, each counted once
    public record Use(
            Arn key,
            EncryptionKey.@Nullable State state,
            List<String> aliases,
            List<String> repositories,
            long bytes) {}

    private final Pages pages;
    private final Map<Arn, EncryptionKey> keys = new HashMap<>();
    private final Map<Arn, List<String>> repositories = new HashMap<>();
    private final Map<Arn, Long> bytes = new HashMap<>();

    public KeyUses(MetadataStore metadata) {
        this.pages = new Pages(metadata);
    }

    /// In the order of ARNs. Once for each instance.
    public List<Use> all() {
        pages.each("", (tx, after) -> tx.encryptionKeys().all(after, PAGE), EncryptionKey::id, this::look);
        pages.each(0L, (tx, after) -> tx.repositories().all(after, PAGE), Repository::id, this::look);
        pages.each(0L, (tx, after) -> tx.layers().all(after, PAGE), Blob::id, this::look);
        var all = new HashSet<>(keys.keySet());
        all.addAll(repositories.keySet());
        all.addAll(bytes.keySet());
        return all.stream()
                .sorted(Comparator.comparing(Arn::value))
                .map(this::use)
                .toList();
    }

    private void look(EncryptionKey key) {
        keys.put(key.arn(), key);
    }

    private void look(Repository repository) {
        key(repository.encryption())
                .ifPresent(key -> repositories
                        .computeIfAbsent(key, _ -> new ArrayList<>())
                        .add(ImageWalk.name(repository)));
    }

    private void look(Blob blob) {
        key(blob.encryption()).ifPresent(key -> bytes.merge(key, blob.size(), Long::sum));
    }

    private static Optional<Arn> key(Encryption encryption) {
        return encryption instanceof Encryption.ByKey by ? Optional.of(by.key()) : Optional.empty();
    }

    private Use use(Arn arn) {
        var key = keys.get(arn);
        return new Use(
                arn,
                key == null ? null : key.state(),
                key == null ? List.of() : aliases(key),
                repositories.getOrDefault(arn, List.of()),
                bytes.getOrDefault(arn, 0L));
    }

    private List<String> aliases(EncryptionKey key) {
        var names = new ArrayList<String>();
        pages.each("", (tx, after) -> tx.keyAliases().of(key, after, PAGE), KeyAlias::name, a -> names.add(a.name()));
        return names;
    }
}
