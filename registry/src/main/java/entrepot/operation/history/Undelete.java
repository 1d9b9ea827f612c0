package entrepot.operation.history;

import entrepot.auth.Caller;
import entrepot.domain.Digest;
import entrepot.domain.Limits;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.operation.ImageChanges;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/// Brings back images that were deleted and are kept, in one transaction each. Fails with UndeleteException, in
/// words for whoever asked, where that is not to be.
///
/// @param changes is told what comes back
public record Undelete(MetadataStore metadata, InstantSource clock, Limits limits, ImageChanges changes) {

    /// Who changes images then, since nobody calls who has an ARN.
    static final String PRINCIPAL = "undelete";

    /// Brings back an image with what it names and what refers to it, at any depth, and their tags that are free.
    public Undeleted image(RegistryId registry, RepositoryName name, Digest digest) {
        return in(registry, name, images -> images.bring(digest));
    }

    /// The same for a caller, who is then who changes images.
    Undeleted image(Caller caller, RegistryId registry, RepositoryName name, Digest digest) {
        return metadata.transact(tx -> {
            var by = changes.by(caller, clock.instant());
            return new ImagesAgain(tx, repository(tx, registry, name), limits, by).bring(digest);
        });
    }

    /// Points a tag at what it pointed at then, which is brought back as by [#image] if it has to be.
    public Undeleted tag(RegistryId registry, RepositoryName name, Tag tag, Instant at) {
        return in(registry, name, images -> images.bring(tag, at));
    }

    private Undeleted in(RegistryId registry, RepositoryName name, Function<ImagesAgain, Undeleted> work) {
        return metadata.transact(tx -> work.apply(images(tx, repository(tx, registry, name))));
    }

    private ImagesAgain images(Transaction tx, Repository repository) {
        return new ImagesAgain(tx, repository, limits, changes.by(PRINCIPAL, clock.instant()));
    }

    private static Repository repository(Transaction tx, RegistryId registry, RepositoryName name) {
        return tx.repositories().hold(registry, name).orElseThrow(() -> {
            var isKept = !tx.repositories().deleted(registry, name).isEmpty();
            return new UndeleteException("there is no repository %s in account %s, region %s%s"
                    .formatted(
                            name,
                            registry.account(),
                            registry.region(),
                            isKept ? "; it was deleted: bring it back first" : ""));
        });
    }
}
