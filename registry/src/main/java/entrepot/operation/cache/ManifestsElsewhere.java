package entrepot.operation.cache;

import entrepot.domain.CacheRule;
import entrepot.domain.Digest;
import entrepot.domain.Limits;
import entrepot.domain.Reference;
import entrepot.domain.RegistryException;
import entrepot.domain.Tag;
import entrepot.operation.image.ForeignManifest;
import entrepot.upstream.UpstreamException;
import entrepot.upstream.UpstreamManifest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// Asks other registries for manifests, once for all who ask at the same time. What comes is held to what is asked of a
/// push, before anybody sees it.
final class ManifestsElsewhere {

    private final ComingManifests coming;
    private final Limits limits;
    private final BiConsumer<TagChecks.Name, Digest> heard;
    private final Flights<TagChecks.Name, UpstreamManifest> gets = new Flights<>();
    private final Flights<TagChecks.Name, Optional<UpstreamManifest>> refreshes = new Flights<>();

    /// @param heard is told what a name is, before anybody else can ask for it again
    ManifestsElsewhere(ComingManifests coming, Limits limits, BiConsumer<TagChecks.Name, Digest> heard) {
        this.heard = heard;
        this.coming = coming;
        this.limits = limits;
    }

    /// A manifest that is on its way here from where the rule says.
    Optional<UpstreamManifest> coming(CacheRule rule, TagChecks.Name name, Digest digest) {
        return coming.find(ComingManifests.Name.of(rule, name, digest));
    }

    /// Where a registry is, asked only if it is needed.
    @FunctionalInterface
    interface Where {
        Source find() throws UpstreamException;
    }

    /// @param known what somebody else had just now; looked at when it is this one's turn
    /// @throws TimeoutException if it takes longer than the patience
    /// @throws RegistryException if it is none that could be stored
    UpstreamManifest get(
            TagChecks.Name name, Duration patience, Supplier<Optional<UpstreamManifest>> known, Where where)
            throws UpstreamException, TimeoutException {
        return gets.get(name, patience, () -> {
            var found = known.get();
            return found.isPresent() ? found.get() : fetched(where.find(), name);
        });
    }

    private UpstreamManifest fetched(Source source, TagChecks.Name name) throws UpstreamException {
        var manifest = source.registry().manifest(source.name(), name.reference());
        ForeignManifest.of(manifest.bytes(), manifest.mediaType(), limits);
        coming.put(
                new ComingManifests.Name(source.host(), name.registry(), name.repository(), manifest.digest()),
                manifest);
        heard.accept(name, manifest.digest());
        return manifest;
    }

    /// What a tag is by now, if that is not what is here. Where it is, no manifest is fetched.
    Optional<UpstreamManifest> refreshed(Source source, TagChecks.Name name, Digest here, Duration patience)
            throws UpstreamException, TimeoutException {
        return refreshes
                .get(name, patience, () -> other(source, name, here))
                .filter(manifest -> !manifest.digest().equals(here));
    }

    private Optional<UpstreamManifest> other(Source source, TagChecks.Name name, Digest here) throws UpstreamException {
        Reference tag = name.reference();
        if (!(tag instanceof Tag)
                || here.equals(source.registry().head(source.name(), tag).digest())) {
            return Optional.empty();
        }
        return Optional.of(fetched(source, name));
    }
}
