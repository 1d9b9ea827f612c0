package entrepot.store;

import entrepot.domain.GrantConstraints;
import entrepot.domain.KeyGrant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The grants of keys, which go with their keys.
public interface KeyGrants {

    Optional<KeyGrant> find(String keyId, String id);

    /// The key must be there.
    void create(KeyGrant grant);

    /// Removing an absent one is not an error.
    void delete(KeyGrant grant);

    int count(String keyId);

    /// In the order of ids, those after the id `after`, or from the first one.
    List<KeyGrant> list(String keyId, @Nullable String after, int limit);

    /// The same, of those to one grantee.
    List<KeyGrant> to(String keyId, String grantee, @Nullable String after, int limit);

    /// Those to one grantee with just these constraints.
    List<KeyGrant> to(String keyId, String grantee, GrantConstraints constraints);
}
