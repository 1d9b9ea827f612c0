package entrepot.operation.cache;

import entrepot.domain.Digest;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.upstream.UpstreamManifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Manifests on their way here, which can be stored only after all that they name. Those that were asked for longest
/// ago
/// are forgotten where they take too much memory: they are had from the other registry again.
final class ComingManifests {

    /// In bytes.
    private static final long MOST = 32L << 20;

    /// What one is known by.
    record Name(RegistryId registry, RepositoryName repository, Digest digest) {}

    private final Map<Name, UpstreamManifest> all = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    synchronized Optional<UpstreamManifest> find(Name name) {
        return Optional.ofNullable(all.get(name));
    }

    synchronized void put(Name name, UpstreamManifest manifest) {
        remove(name);
        all.put(name, manifest);
        bytes += manifest.bytes().length();
        var eldest = all.values().iterator();
        while (bytes > MOST && eldest.hasNext()) {
            bytes -= eldest.next().bytes().length();
            eldest.remove();
        }
    }

    synchronized void remove(Name name) {
        var removed = all.remove(name);
        bytes -= removed == null ? 0 : removed.bytes().length();
    }
}
