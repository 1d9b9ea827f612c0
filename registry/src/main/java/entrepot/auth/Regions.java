package entrepot.auth;

import entrepot.domain.RegistryId;
import java.util.Set;

/// The regions that are served.
///
/// @param names empty for every name of AWS's form
public record Regions(Set<String> names) {

    public static final Regions ANY = new Regions(Set.of());

    public Regions {
        names = Set.copyOf(names);
    }

    public boolean serves(String region) {
        return RegistryId.isRegion(region) && (names.isEmpty() || names.contains(region));
    }
}
