package entrepot.check;

import entrepot.check.BlobWalk.Bytes;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.sealing.Vault;
import entrepot.store.Cover;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.List;
import java.util.Set;

/// Goes along all repositories, and looks at their tags and manifests.
final class ImageWalk {

    private static final int PAGE = 100;

    /// Who is told what there is.
    interface Told {

        /// Another image.
        void image();

        /// A problem.
        void problem(String what, String text);

        /// What is worth a word and no problem.
        void note(String what, String text);
    }

    private final MetadataStore metadata;
    private final Pages pages;
    private final Vault vault;
    private final Set<Bytes> damaged;
    private final Told told;

    /// @param damaged blobs that were found to be
    ImageWalk(MetadataStore metadata, Vault vault, Set<Bytes> damaged, Told told) {
        this.metadata = metadata;
        this.pages = new Pages(metadata);
        this.vault = vault;
        this.damaged = damaged;
        this.told = told;
    }

    void look(Repository repository) {
        metadata.read(tx -> tx.images().dangling(repository))
                .forEach(tag -> told.problem(name(repository) + ":" + tag, "points at no manifest of its digest"));
        try {
            var cover = vault.cover(repository);
            pages.each(
                    0L,
                    (tx, after) -> tx.images().images(repository, after, null, PAGE),
                    StoredImage::id,
                    image -> look(repository, image, cover));
        } catch (RegistryException e) {
            told.problem(name(repository), "cannot be read: " + e.getMessage());
        }
    }

    private void look(Repository repository, StoredImage image, Cover cover) {
        told.image();
        var name = name(repository) + "@" + image.digest();
        metadata.read(tx -> isStill(tx, repository, image)
                        ? new ImageCheck(tx, repository, cover, damaged).problems(image)
                        : List.<String>of())
                .forEach(text -> told.problem(name, text));
        metadata.read(tx -> new ImageCheck(tx, repository, cover, damaged).note(image))
                .ifPresent(text -> told.note(name, text));
    }

    private static boolean isStill(Transaction tx, Repository repository, StoredImage image) {
        return tx.images()
                .find(repository, image.digest())
                .filter(found -> found.id() == image.id())
                .isPresent();
    }

    /// With its account and region.
    static String name(Repository repository) {
        return repository.registry() + "/" + repository.name();
    }
}
