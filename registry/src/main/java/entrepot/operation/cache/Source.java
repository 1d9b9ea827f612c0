package entrepot.operation.cache;

import entrepot.domain.CacheRule;
import entrepot.domain.KnownUpstream;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.upstream.UpstreamException;
import entrepot.upstream.UpstreamRegistry;

/// Where the images of one repository are had from.
///
/// @param host by which a rule names the registry
/// @param name of the repository there
record Source(UpstreamRegistry registry, String host, String name) {

    static Source of(Upstreams upstreams, RegistryId registry, RepositoryName repository, CacheRule rule)
            throws UpstreamException {
        return new Source(upstreams.of(registry, rule), rule.upstream(), rule.upstreamName(repository));
    }

    static Source of(Upstreams upstreams, Repository repository, CacheRule rule) throws UpstreamException {
        return of(upstreams, repository.registry(), repository.name(), rule);
    }

    /// Whether it is known to have no such repository: Docker Hub's official images are in `library/`, and it denies
    /// all
    /// else that has one part. Source: ECR user guide, "Pulling an image with a pull through cache rule".
    static boolean isDenied(CacheRule rule, RepositoryName repository) {
        return rule.registry().filter(KnownUpstream.DOCKER_HUB::equals).isPresent()
                && rule.upstreamName(repository).indexOf('/') < 0;
    }
}
