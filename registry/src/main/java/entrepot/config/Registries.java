package entrepot.config;

import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import java.util.Set;

/// The registries that are served.
///
/// @param account of the first root, and of callers without a credential
/// @param region of callers without a credential
/// @param regions those served; empty for every name of AWS's form
/// @param peers those of other servers that something may be replicated to
/// @param signing by what images can be signed
public record Registries(
        AccountId account, String region, Set<String> regions, ReplicationPeers peers, SigningProfiles signing) {

    private static final String DEFAULT_REGION = "us-east-1";
    private static final String FORM = "a region such as eu-west-1";

    public Registries {
        regions = Set.copyOf(regions);
    }

    /// Of a server that knows no other and signs nothing.
    public Registries(AccountId account, String region, Set<String> regions) {
        this(account, region, regions, ReplicationPeers.NONE, SigningProfiles.NONE);
    }

    static Registries read(Sources sources, ReplicationPeers peers, SigningProfiles signing) {
        var regions = sources.list("regions", FORM, RegistryId::isRegion);
        return new Registries(
                new AccountId(sources.text("account", "000000000000", "twelve digits", AccountId::isId)),
                sources.text("region", defaultRegion(regions), FORM, RegistryId::isRegion),
                regions,
                peers,
                signing);
    }

    /// A server of some regions only serves one of them to callers without a credential.
    private static String defaultRegion(Set<String> regions) {
        return regions.isEmpty() ? DEFAULT_REGION : regions.iterator().next();
    }

    void refuseContradictions() {
        if (!regions.isEmpty() && !regions.contains(region)) {
            throw new ConfigException("region: %s is not one of regions".formatted(region));
        }
    }

    /// That of the first root, and of callers without a credential.
    public RegistryId home() {
        return new RegistryId(account, region);
    }
}
