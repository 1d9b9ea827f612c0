package entrepot.move;

import entrepot.domain.MediaType;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.sealing.Vault;
import entrepot.store.Cover;
import entrepot.store.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Sees that each manifest that came has its digest.
///
/// @param vault where it came from, with whose keys sealed ones are opened
public record ManifestCheck(Vault vault, Progress progress) {

    private static final int PAGE = 200;

    /// Fails with UncheckedIOException at the first one that has not.
    public void look(Transaction tx) {
        for (var page = tx.repositories().all(0, PAGE);
                !page.isEmpty();
                page = tx.repositories().all(page.getLast().id(), PAGE)) {
            page.forEach(repository -> look(tx, repository));
        }
    }

    private void look(Transaction tx, Repository repository) {
        Cover cover;
        try {
            cover = vault.cover(repository);
        } catch (RegistryException e) {
            progress.say("note: manifests of %s moved unopened: %s".formatted(repository.arn(), e.getMessage()));
            return;
        }
        for (var page = tx.images().images(repository, 0L, null, PAGE);
                !page.isEmpty();
                page = tx.images().images(repository, page.getLast().id(), null, PAGE)) {
            page.forEach(image -> look(tx, repository, image, cover));
        }
    }

    /// The digest of signed schema 1 is over a part of the bytes, which only the signature tells.
    private static void look(Transaction tx, Repository repository, StoredImage image, Cover cover) {
        var found = tx.images().manifest(image, cover).digest(image.digest().algorithm());
        if (!found.equals(image.digest()) && !image.mediaType().equals(MediaType.DOCKER_SCHEMA1_SIGNED)) {
            throw new UncheckedIOException(new IOException("%s@%s has a manifest of %s: delete it, then run this again"
                    .formatted(repository.arn(), image.digest(), found)));
        }
    }
}
