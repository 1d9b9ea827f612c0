package entrepot.domain;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What the operator says of the pull-through cache.
///
/// @param allowed hosts, each with its port if it has one, that images may be had from although ECR does not know them
/// @param endpoints what is asked in the place of a host
/// @param checkEvery how long a tag is taken for what it was when it was last asked for
public record CacheSettings(Set<String> allowed, Map<String, URI> endpoints, Duration checkEvery) {

    public static final CacheSettings USUAL = new CacheSettings(Set.of(), Map.of(), Duration.ofHours(24));

    public CacheSettings {
        allowed = Set.copyOf(allowed);
        endpoints = Map.copyOf(endpoints);
    }
}
