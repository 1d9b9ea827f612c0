package entrepot.operation.lifecycle;

import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.Repository;
import entrepot.domain.StorageClass;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.lifecycle.LifecycleImage;
import entrepot.lifecycle.LifecycleImage.Ties;
import entrepot.lifecycle.LifecycleImage.Times;
import entrepot.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The images of a repository as its lifecycle policy sees them.
record RepositoryImages(Transaction tx, Repository repository) {

    private static final int AT_ONCE = 1_000;

    /// All of them, of one snapshot if the transaction is.
    List<LifecycleImage> all() {
        var images = stored();
        var ids = new HashMap<Digest, Long>();
        images.forEach(image -> ids.put(image.digest(), image.id()));
        var seen = new ArrayList<LifecycleImage>(images.size());
        for (int from = 0; from < images.size(); from += AT_ONCE) {
            var page = images.subList(from, Math.min(images.size(), from + AT_ONCE));
            seen.addAll(seen(page, ids));
        }
        return seen;
    }

    private List<StoredImage> stored() {
        var images = new ArrayList<StoredImage>();
        List<StoredImage> page;
        do {
            var after = images.isEmpty() ? 0 : images.getLast().id();
            page = tx.images().images(repository, after, null, AT_ONCE);
            images.addAll(page);
        } while (page.size() == AT_ONCE);
        return images;
    }

    /// @param ids of images that others may be about
    List<LifecycleImage> seen(List<StoredImage> images, Map<Digest, Long> ids) {
        var tags = tx.images().tagsOf(repository, images);
        var parents = tx.images().parentIds(repository, images);
        var orphans = tx.referrers()
                .orphans(
                        images.stream().filter(image -> image.subject() != null).toList());
        return images.stream()
                .map(image -> seen(
                        image,
                        tags.getOrDefault(image.id(), List.of()),
                        new Ties(
                                parents.getOrDefault(image.id(), Set.of()),
                                subject(image, ids),
                                orphans.contains(image.id()))))
                .toList();
    }

    private static @Nullable Long subject(StoredImage image, Map<Digest, Long> ids) {
        return image.subject() == null ? null : ids.get(image.subject());
    }

    /// What is on its way back is as if it were back.
    private static LifecycleImage seen(StoredImage image, List<Tag> tags, Ties ties) {
        return new LifecycleImage(
                image.id(),
                image.digest(),
                Set.copyOf(tags),
                image.archival().status() == ImageStatus.ARCHIVED ? StorageClass.ARCHIVE : StorageClass.STANDARD,
                new Times(
                        image.pushedAt(),
                        image.pulledAt(),
                        image.archival().activatedAt(),
                        image.archival().archivedAt()),
                ties);
    }
}
