package entrepot.auth;

import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/// Access keys by id, each asked of the store once a second at most, whether it exists or not: so neither a busy
/// client nor a flood of one wrong key costs a query each. A deleted key dies, and a new one lives, within that second.
public final class KnownKeys {

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    private static final int REMEMBERED = 10_000;
    /// What an access key id may be at most (IAM API reference, AccessKey).
    private static final Pattern ID = Pattern.compile("\\w{1,128}");

    private final MetadataStore store;
    private final InstantSource clock;
    private final LeastRecentlyUsed<String, Answer> answers = new LeastRecentlyUsed<>(REMEMBERED);

    private record Answer(Optional<AccessKey> key, Instant at) {}

    public KnownKeys(MetadataStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public Optional<AccessKey> find(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        var now = clock.instant();
        return answers.get(id)
                .filter(answer -> isFresh(answer, now))
                .orElseGet(() -> ask(id, now))
                .key();
    }

    /// The principal that a key speaks for, if there still is such a key.
    public Optional<Principal> principal(String id) {
        return find(id).map(key -> new Principal(key.account(), key.principal(), key.id()));
    }

    /// A clock that was set back makes an answer old, not eternal.
    private static boolean isFresh(Answer answer, Instant now) {
        return !now.isBefore(answer.at()) && now.isBefore(answer.at().plus(TRUSTED_FOR));
    }

    private Answer ask(String id, Instant now) {
        var answer = new Answer(store.read(tables -> tables.accessKeys().find(id)), now);
        answers.put(id, answer);
        return answer;
    }
}
