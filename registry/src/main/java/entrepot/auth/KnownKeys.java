package entrepot.auth;

import entrepot.domain.ResourceTag;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Access keys by id, with whom they speak for. Whether there is such a key or not is remembered, as [AccessCache] has
/// it. An inactive key is as good as none.
public final class KnownKeys {

    private static final int REMEMBERED = 10_000;
    /// What an access key id may be at most (IAM API reference, AccessKey).
    private static final Pattern ID = Pattern.compile("\\w{1,128}");

    private final AccessCache<String, Optional<Known>> keys;

    private record Known(AccessKey key, Principal principal) {}

    public KnownKeys(MetadataStore store, InstantSource clock) {
        this.keys = new AccessCache<>(store, clock, REMEMBERED);
    }

    public Optional<AccessKey> find(String id) {
        return known(id).map(Known::key);
    }

    /// The principal that a key speaks for, if there still is such a key.
    public Optional<Principal> principal(String id) {
        return known(id).map(Known::principal);
    }

    private Optional<Known> known(String id) {
        return ID.matcher(id).matches() ? keys.get(id, tables -> find(tables, id)) : Optional.empty();
    }

    private static Optional<Known> find(Transaction tables, String id) {
        return tables.accessKeys()
                .find(id)
                .filter(AccessKey::isActive)
                .map(key -> new Known(key, principal(tables, key)));
    }

    private static Principal principal(Transaction tables, AccessKey key) {
        var user = key.user();
        if (user == null) {
            return Principal.ofRoot(key.account(), key.id());
        }
        List<ResourceTag> tags = tables.users().tags(user);
        return Principal.ofUser(user, tags, key.id());
    }
}
