package entrepot.operation.image;

import entrepot.domain.Archival;
import entrepot.domain.ImageChange;
import entrepot.domain.ImageStatus;
import entrepot.domain.Referrer;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.ImageChanges;
import entrepot.store.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Archives images and brings them back, whoever wants it: a caller, a push, or a lifecycle policy. What is about an
/// image goes along, and what is about that; and with a list that comes back what it names, so that what an active list
/// names is active always. The images that it is called with are held.
///
/// Source: ECR user guide, "Archiving an image in Amazon ECR"; for what goes along, "Automate the cleanup of images by
/// using lifecycle policies".
public record ImageArchive(Transaction tx, Repository repository, ImageChanges.By by) {

    private static final int AT_ONCE = 100;

    /// No list names it that is not archived. What is about it stays if one names that.
    public void archive(StoredImage image) {
        var open = new ArrayDeque<>(
                tx.images().hold(repository, image.digest()).stream().toList());
        while (!open.isEmpty()) {
            var next = open.remove();
            if (next.archival().status() != ImageStatus.ARCHIVED) {
                set(next, next.archival().archived(by.at()), ImageChange.Kind.ARCHIVE);
                referrers(next).stream()
                        .flatMap(referrer -> hold(referrer).stream())
                        .filter(referrer -> tx.archive()
                                .standingParents(repository, referrer)
                                .isEmpty())
                        .forEach(open::add);
            }
        }
    }

    /// As soon as its bytes are back.
    public void restore(StoredImage image) {
        var back = alongWith(image);
        var isAway = back.stream()
                .anyMatch(each -> each.archival().status() == ImageStatus.ACTIVATING
                        || tx.archive().isAway(each));
        back.stream()
                .filter(each -> each.archival().status() == ImageStatus.ARCHIVED)
                .forEach(each -> set(
                        each,
                        isAway
                                ? each.archival().activating(by.at())
                                : each.archival().active(by.at()),
                        ImageChange.Kind.RESTORE));
    }

    /// At once, from where its bytes are. Of one that is active nothing changes.
    public void restoreForPush(StoredImage image) {
        for (var each : alongWith(image)) {
            if (each.archival().status() == ImageStatus.ARCHIVED) {
                set(each, each.archival().active(by.at()), ImageChange.Kind.RESTORE);
            } else if (!each.archival().isActive()) {
                tx.archive().set(repository, each, each.archival().active(by.at()));
            }
        }
    }

    /// Those that come back with it, and itself. What is active has nothing that must.
    private List<StoredImage> alongWith(StoredImage image) {
        var back = new LinkedHashMap<Long, StoredImage>(Map.of(image.id(), image));
        var open = new ArrayDeque<>(List.of(image));
        while (!open.isEmpty()) {
            var next = open.remove();
            var others = new ArrayList<>(tx.archive().children(next));
            referrers(next).forEach(referrer -> hold(referrer).ifPresent(others::add));
            for (var other : others) {
                var held = tx.images().hold(repository, other.digest());
                held.filter(each -> !each.archival().isActive() && back.putIfAbsent(each.id(), each) == null)
                        .ifPresent(open::add);
            }
        }
        return List.copyOf(back.values());
    }

    private List<Referrer> referrers(StoredImage subject) {
        var all = new ArrayList<Referrer>();
        List<Referrer> page;
        do {
            var after = all.isEmpty() ? 0 : all.getLast().id();
            page = tx.referrers().of(repository, subject.digest(), null, after, AT_ONCE);
            all.addAll(page);
        } while (page.size() == AT_ONCE);
        return all;
    }

    private Optional<StoredImage> hold(Referrer referrer) {
        return tx.images().hold(repository, referrer.digest());
    }

    private void set(StoredImage image, Archival archival, ImageChange.Kind kind) {
        tx.archive().set(repository, image, archival);
        by.tell(tx, kind, repository, with(image, archival), tagsOf(image));
    }

    private static StoredImage with(StoredImage image, Archival archival) {
        return new StoredImage(
                image.id(),
                image.digest(),
                image.mediaType(),
                image.artifactType(),
                image.subject(),
                image.manifestSize(),
                image.imageSize(),
                image.pushedAt(),
                image.pulledAt(),
                archival);
    }

    private List<Tag> tagsOf(StoredImage image) {
        return tx.images().tagsOf(repository, List.of(image)).getOrDefault(image.id(), List.of());
    }
}
