package entrepot.check;

import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.sealing.Vault;
import entrepot.store.Cover;
import entrepot.store.Layers.Blob;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Looks at everything stored, a page at a time, and tells each problem. Only reads. What goes away or is replaced
/// meanwhile, since the registry may run, is no problem.
public final class Check {

    private static final int PAGE = 100;

    /// How much was looked at, and how many problems were told.
    ///
    /// @param bytes of blobs
    public record Summary(long repositories, long images, long blobs, long bytes, long problems) {}

    /// What bytes are known by.
    record Bytes(Digest digest, Encryption encryption) {}

    private final MetadataStore metadata;
    private final Pages pages;
    private final Vault vault;
    private final BlobCheck blobCheck;
    private final Consumer<String> problem;
    private final Set<Bytes> damaged = new HashSet<>();
    private long repositories;
    private long images;
    private long blobs;
    private long bytes;
    private long problems;

    /// Each problem is one line; a line that begins with `note:` is none.
    public Check(MetadataStore metadata, Vault vault, Consumer<String> problem) {
        this.metadata = metadata;
        this.pages = new Pages(metadata);
        this.vault = vault;
        this.blobCheck = new BlobCheck(vault);
        this.problem = problem;
    }

    /// Once for each instance.
    public Summary run() {
        pages.each(0L, (tx, after) -> tx.layers().all(after, PAGE), Blob::id, this::look);
        pages.each(0L, (tx, after) -> tx.repositories().all(after, PAGE), Repository::id, this::look);
        return new Summary(repositories, images, blobs, bytes, problems);
    }

    private void look(Blob blob) {
        blobs++;
        bytes += blob.size();
        blobCheck.problem(blob).filter(_ -> isStill(blob)).ifPresent(text -> {
            damaged.add(new Bytes(blob.digest(), blob.encryption()));
            tell("blob " + blob.digest(), text);
        });
    }

    private boolean isStill(Blob seen) {
        return metadata.read(tx -> tx.layers().blob(seen.digest(), seen.encryption()))
                .filter(blob -> blob.key().equals(seen.key()))
                .isPresent();
    }

    private void look(Repository repository) {
        repositories++;
        metadata.read(tx -> tx.images().dangling(repository))
                .forEach(tag -> tell(name(repository) + ":" + tag, "points at no manifest of its digest"));
        try {
            var cover = vault.cover(repository);
            pages.each(
                    0L,
                    (tx, after) -> tx.images().images(repository, after, null, PAGE),
                    StoredImage::id,
                    image -> look(repository, image, cover));
        } catch (RegistryException e) {
            tell(name(repository), "cannot be read: " + e.getMessage());
        }
    }

    private void look(Repository repository, StoredImage image, Cover cover) {
        images++;
        var name = name(repository) + "@" + image.digest();
        metadata.read(tx -> isStill(tx, repository, image)
                        ? new ImageCheck(tx, repository, cover, damaged).problems(image)
                        : List.<String>of())
                .forEach(text -> tell(name, text));
        metadata.read(tx -> new ImageCheck(tx, repository, cover, damaged).note(image))
                .ifPresent(text -> problem.accept("note: " + name + ": " + text));
    }

    private static boolean isStill(Transaction tx, Repository repository, StoredImage image) {
        return tx.images()
                .find(repository, image.digest())
                .filter(found -> found.id() == image.id())
                .isPresent();
    }

    private void tell(String what, String text) {
        problems++;
        problem.accept(what + ": " + text);
    }

    /// With its account and region.
    static String name(Repository repository) {
        return repository.registry() + "/" + repository.name();
    }
}
