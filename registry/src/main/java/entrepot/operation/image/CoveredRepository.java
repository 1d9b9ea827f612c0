package entrepot.operation.image;

import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.sealing.Vault;
import entrepot.store.Cover;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.Optional;

/// A repository and what its rows lie under, as one transaction sees them.
record CoveredRepository(Transaction tx, Repository repository, Cover cover) {

    /// What is done with it.
    interface Work<T> {
        T of(CoveredRepository covered);
    }

    private record Seen<T>(Repository repository, Optional<T> done) {}

    /// Reads from a repository, in one transaction. Where its rows are covered, in a second one: the key service
    /// is asked between them, since no transaction is to wait for it. Another repository of that name has another
    /// cover.
    static <T> T read(MetadataStore metadata, Vault vault, RegistryId registry, RepositoryName name, Work<T> work) {
        var seen = metadata.read(tx -> {
            var repository = RepositoryLookup.require(tx, registry, name);
            return new Seen<>(
                    repository,
                    repository.keys() == null
                            ? Optional.of(work.of(new CoveredRepository(tx, repository, Cover.NONE)))
                            : Optional.empty());
        });
        return seen.done().orElseGet(() -> covered(metadata, seen.repository(), vault.cover(seen.repository()), work));
    }

    private static <T> T covered(MetadataStore metadata, Repository seen, Cover cover, Work<T> work) {
        return metadata.read(tx -> work.of(new CoveredRepository(tx, RepositoryLookup.requireSame(tx, seen), cover)));
    }
}
