package entrepot.store;

import entrepot.domain.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The accounts that are hosted here. One comes to be with its root's first key, or before it.
public interface Accounts {

    boolean exists(AccountId id);

    /// Making one that is there is not an error.
    void create(AccountId id, Instant now);

    /// In the order of ids, those after `after`, or from the first one.
    List<AccountId> list(@Nullable AccountId after, int limit);
}
