package entrepot.auth;

import entrepot.domain.RegistryId;
import java.util.HashSet;
import java.util.Set;

/// The regions that are served.
///
/// @param names empty for every name of AWS's form
public record Regions(Set<String> names) {

    public static final Regions ANY = new Regions(Set.of());

    private static final String GLOBAL = "us-east-1";

    public Regions {
        names = Set.copyOf(names);
    }

    /// These, and the one that requests to AWS's global services are signed for. IAM's clients choose no other.
    public Regions withGlobal() {
        if (names.isEmpty()) {
            return this;
        }
        var more = new HashSet<>(names);
        more.add(GLOBAL);
        return new Regions(more);
    }

    public boolean serves(String region) {
        return RegistryId.isRegion(region) && (names.isEmpty() || names.contains(region));
    }
}
