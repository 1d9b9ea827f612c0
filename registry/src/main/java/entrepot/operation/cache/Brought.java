package entrepot.operation.cache;

import entrepot.auth.Caller;
import entrepot.auth.Principal;
import entrepot.domain.Origin;
import entrepot.domain.Reference;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.upstream.UpstreamManifest;
import java.util.List;

/// An image that is to be here with all that it has.
///
/// @param reference the tag or the digest that it was asked for by
/// @param principal the ARN of who asked
record Brought(Source source, Repository repository, Reference reference, UpstreamManifest manifest, String principal) {

    /// What is done for whoever asked when they may have left.
    Caller caller() {
        return caller(repository.registry(), principal);
    }

    static Caller caller(RegistryId registry, String principal) {
        return new Caller(
                new Principal(registry.account(), principal, principal, null, List.of(), ""),
                registry,
                new RegistryAddress("http", "localhost"),
                new Origin("127.0.0.1", false, "", "pull-through-cache"));
    }
}
