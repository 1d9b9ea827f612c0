package entrepot.store;

import entrepot.domain.RegistryId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose pulls are not recorded: principals of each registry, by their ARNs.
public interface PullExclusions {

    /// Says whether it was not there before; else nothing changes.
    boolean add(RegistryId registry, String principal, Instant now);

    /// Says whether it was there.
    boolean remove(RegistryId registry, String principal);

    boolean has(RegistryId registry, String principal);

    /// In their byte order, those after `after`, or from the first one.
    List<String> list(RegistryId registry, @Nullable String after, int limit);
}
