package entrepot.auth;

import entrepot.domain.RegistryId;
import java.util.Set;

/// The regions that are served.
///
/// @param names empty for every name of AWS's form
/// @param global whether they are those of a global service, which has `us-east-1` and calls it `aws-global`, too
public record Regions(Set<String> names, boolean global) {

    public static final Regions ANY = new Regions(Set.of());

    static final String GLOBAL = "us-east-1";
    private static final String GLOBAL_ALIAS = "aws-global";

    public Regions {
        names = Set.copyOf(names);
    }

    public Regions(Set<String> names) {
        this(names, false);
    }

    /// These, and the one that requests to AWS's global services are signed for. IAM's clients choose no other.
    public Regions withGlobal() {
        return new Regions(names, true);
    }

    /// The region that a credential's scope means.
    public String meant(String scoped) {
        return global && scoped.equals(GLOBAL_ALIAS) ? GLOBAL : scoped;
    }

    public boolean serves(String region) {
        return RegistryId.isRegion(region) && (names.isEmpty() || names.contains(region) || isGlobal(region));
    }

    private boolean isGlobal(String region) {
        return global && region.equals(GLOBAL);
    }
}
