package entrepot.operation.cache;

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

/// Asks other registries for manifests, once for all who ask at the same time. What comes is held to what is asked of a
/// push, before anybody sees it.
final class ManifestsElsewhere {

    private final ComingManifests coming;
    private final Limits limits;
    private final Flights<TagChecks.Name, UpstreamManifest> gets = new Flights<>();
    private final Flights<TagChecks.Name, Optional<UpstreamManifest>> refreshes = new Flights<>();

    ManifestsElsewhere(ComingManifests coming, Limits limits) {
        this.coming = coming;
        this.limits = limits;
    }

    /// A manifest that is on its way here.
    Optional<UpstreamManifest> coming(TagChecks.Name name, Digest digest) {
        return coming.find(new ComingManifests.Name(name.registry(), name.repository(), digest));
    }

    /// @throws TimeoutException if it takes longer than the patience
    /// @throws RegistryException if it is none that could be stored
    UpstreamManifest get(Source source, TagChecks.Name name, Duration patience)
            throws UpstreamException, TimeoutException {
        var known = name.reference() instanceof Digest digest
                ? coming(name, digest)
                : Optional.<UpstreamManifest>empty();
        return known.isPresent() ? known.get() : gets.get(name, patience, () -> fetched(source, name));
    }

    private UpstreamManifest fetched(Source source, TagChecks.Name name) throws UpstreamException {
        return checked(name, source.registry().manifest(source.name(), name.reference()));
    }

    private UpstreamManifest checked(TagChecks.Name name, UpstreamManifest manifest) {
        ForeignManifest.of(manifest.bytes(), manifest.mediaType(), limits);
        coming.put(new ComingManifests.Name(name.registry(), name.repository(), manifest.digest()), manifest);
        return manifest;
    }

    /// What a tag is by now, if that is not what is here. Where it is, no manifest is fetched.
    Optional<UpstreamManifest> refreshed(Source source, TagChecks.Name name, Digest here, Duration patience)
            throws UpstreamException, TimeoutException {
        return refreshes
                .get(name, patience, () -> other(source, name, here))
                .filter(manifest -> !manifest.digest().equals(here));
    }

    private Optional<UpstreamManifest> other(Source source, TagChecks.Name name, Digest here)
            throws UpstreamException {
        Reference tag = name.reference();
        if (!(tag instanceof Tag) || here.equals(source.registry().head(source.name(), tag).digest())) {
            return Optional.empty();
        }
        return Optional.of(fetched(source, name));
    }
}
