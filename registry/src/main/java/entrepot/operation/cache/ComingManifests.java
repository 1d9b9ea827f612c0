package entrepot.operation.cache;

import entrepot.domain.CacheRule;
import entrepot.domain.Digest;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.upstream.UpstreamManifest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Manifests on their way here, which can be stored only after all that they name. Those that were asked for longest
/// ago are forgotten where they take too much memory: they are had from the other registry again.
final class ComingManifests {

    /// In bytes.
    private static final long MOST = 32L << 20;

    /// How long one is given after it came: whoever did not find it here just before does not ask for it again.
    private static final Duration GRACE = Duration.ofSeconds(10);

    /// What one is known by. Another registry may have something else by the same name.
    ///
    /// @param host of the other registry
    record Name(String host, RegistryId registry, RepositoryName repository, Digest digest) {

        static Name of(CacheRule rule, TagChecks.Name name, Digest digest) {
            return new Name(rule.upstream(), name.registry(), name.repository(), digest);
        }

        static Name of(Brought image, Digest digest) {
            var repository = image.repository();
            return new Name(image.source().host(), repository.registry(), repository.name(), digest);
        }
    }

    /// @param until it is given
    private record Coming(UpstreamManifest manifest, Instant until) {
        long bytes() {
            return manifest.bytes().length();
        }
    }

    private final Map<Name, Coming> all = new LinkedHashMap<>(16, 0.75f, true);
    private final InstantSource clock;
    private long bytes;

    ComingManifests(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Optional<UpstreamManifest> find(Name name) {
        return Optional.ofNullable(all.get(name))
                .filter(coming -> clock.instant().isBefore(coming.until()))
                .map(Coming::manifest);
    }

    synchronized void put(Name name, UpstreamManifest manifest) {
        put(name, new Coming(manifest, Instant.MAX));
    }

    private void put(Name name, Coming coming) {
        var before = all.put(name, coming);
        bytes += coming.bytes() - (before == null ? 0 : before.bytes());
        var eldest = all.values().iterator();
        while (bytes > MOST && eldest.hasNext()) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }

    /// It is here, or comes no more.
    synchronized void end(Name name) {
        var coming = all.get(name);
        if (coming != null) {
            put(name, new Coming(coming.manifest(), clock.instant().plus(GRACE)));
        }
    }
}
