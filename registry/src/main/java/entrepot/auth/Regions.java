package entrepot.auth;

import entrepot.domain.Partition;
import entrepot.domain.RegistryId;
import java.util.Set;

/// The regions that are served.
///
/// @param names empty for every name of AWS's form
/// @param global whether they are those of IAM, which is in one region of each partition, such as `us-east-1`, and
///     calls it `aws-global`
public record Regions(Set<String> names, boolean global) {

    public static final Regions ANY = new Regions(Set.of());

    private static final String GLOBAL_ALIAS = "-global";

    public Regions {
        names = Set.copyOf(names);
    }

    public Regions(Set<String> names) {
        this(names, false);
    }

    /// These, and those that requests to IAM in their partitions are signed for. IAM's clients choose no other.
    public Regions withGlobal() {
        return new Regions(names, true);
    }

    /// The region that a credential's scope means.
    public String meant(String scoped) {
        return global && scoped.endsWith(GLOBAL_ALIAS)
                ? Partition.named(scoped.substring(0, scoped.length() - GLOBAL_ALIAS.length()))
                        .map(Partition::iamRegion)
                        .orElse(scoped)
                : scoped;
    }

    public boolean serves(String region) {
        return RegistryId.isRegion(region) && (names.isEmpty() || names.contains(region) || isGlobal(region));
    }

    private boolean isGlobal(String region) {
        return global
                && names.stream()
                        .anyMatch(name -> Partition.ofRegion(name).iamRegion().equals(region));
    }
}
