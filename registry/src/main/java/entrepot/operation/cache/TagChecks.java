package entrepot.operation.cache;

import entrepot.auth.LeastRecentlyUsed;
import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What this node knows of names at other registries: when to ask for them again, and what they are while that is still
/// on its way here. All of it may be lost at any time.
final class TagChecks {

    private static final int MOST = 50_000;

    private final LeastRecentlyUsed<Name, Check> all = new LeastRecentlyUsed<>(MOST);

    /// A tag, or a digest that others are about.
    record Name(RegistryId registry, RepositoryName repository, Reference reference) {}

    /// @param due when to ask again
    /// @param last what it was; null where that is not known, or is here
    /// @param isComing whether that is on its way here
    private record Check(Instant due, @Nullable Digest last, boolean isComing) {}

    /// Also where nothing is known.
    boolean isDue(Name name, Instant now) {
        return all.get(name)
                .map(check -> check.isComing() || !now.isBefore(check.due()))
                .orElse(true);
    }

    /// What the name is there, as long as it is on its way here.
    Optional<Digest> coming(Name name) {
        return all.get(name).filter(Check::isComing).map(Check::last);
    }

    /// What the name was when it was asked for, as long as it is not to be asked for again.
    Optional<Digest> last(Name name, Instant now) {
        return all.get(name).filter(check -> now.isBefore(check.due())).map(Check::last);
    }

    /// It was asked for, and what it is is on its way here.
    void coming(Name name, Digest digest, Instant due) {
        all.put(name, new Check(due, digest, true));
    }

    /// It is not to be asked for before then.
    void settle(Name name, Instant due) {
        all.put(name, new Check(due, null, false));
    }

    /// What was on its way is here, or comes no more.
    void end(Name name, Digest digest) {
        all.get(name)
                .filter(check -> check.isComing() && digest.equals(check.last()))
                .ifPresent(check -> all.put(name, new Check(check.due(), digest, false)));
    }
}
