package entrepot.auth;

import entrepot.domain.ResourceTag;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Access keys by id, with whom they speak for. Each is asked of the store once, whether it exists or not, until
/// something changes who may do what, or for a second, within which the changes of other nodes are felt: so neither
/// a busy client nor a flood of one wrong key costs a query each. An inactive key is as good as none.
public final class KnownKeys {

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    private static final int REMEMBERED = 10_000;
    /// What an access key id may be at most (IAM API reference, AccessKey).
    private static final Pattern ID = Pattern.compile("\\w{1,128}");

    private final MetadataStore store;
    private final InstantSource clock;
    private final LeastRecentlyUsed<String, Answer> answers = new LeastRecentlyUsed<>(REMEMBERED);

    private record Known(AccessKey key, Principal principal) {}

    private record Answer(Optional<Known> known, Instant at, long changes) {}

    public KnownKeys(MetadataStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public Optional<AccessKey> find(String id) {
        return known(id).map(Known::key);
    }

    /// The principal that a key speaks for, if there still is such a key.
    public Optional<Principal> principal(String id) {
        return known(id).map(Known::principal);
    }

    private Optional<Known> known(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        var now = clock.instant();
        return answers.get(id)
                .filter(answer -> isFresh(answer, now))
                .orElseGet(() -> ask(id, now))
                .known();
    }

    /// A clock that was set back makes an answer old, not eternal.
    private boolean isFresh(Answer answer, Instant now) {
        return answer.changes() == store.accessChanges()
                && !now.isBefore(answer.at())
                && now.isBefore(answer.at().plus(TRUSTED_FOR));
    }

    /// The number is taken before the answer, so that no change can fall between them unseen.
    private Answer ask(String id, Instant now) {
        var changes = store.accessChanges();
        var answer = new Answer(store.read(tables -> find(tables, id)), now, changes);
        answers.put(id, answer);
        return answer;
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
