package entrepot.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The accounts that are hosted here. One comes to be with its root's first key, or before it.
public interface Accounts {

    boolean exists(String id);

    /// Making one that is there is not an error.
    void create(String id, Instant now);

    /// In the order of ids, those after `after`, or from the first one.
    List<String> list(@Nullable String after, int limit);
}
