package entrepot.operation.history;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.Limits;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.ImageChanges;
import entrepot.operation.image.ImageArchive;
import entrepot.store.History;
import entrepot.store.History.Gone;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Images of one repository that come back in one transaction: each after what it names, and before what refers to it.
final class ImagesAgain {

    private final Transaction tx;
    private final History history;
    private final Repository repository;
    private final Limits limits;
    private final ImageChanges.By by;
    private final Set<Digest> seen = new HashSet<>();
    private final List<StoredImage> images = new ArrayList<>();
    private final Map<Tag, Digest> tags = new LinkedHashMap<>();
    private final Map<Tag, Digest> taken = new LinkedHashMap<>();
    private @Nullable Instant at;
    private @Nullable Digest bare;

    ImagesAgain(Transaction tx, Repository repository, Limits limits, ImageChanges.By by) {
        this.tx = tx;
        this.history = tx.history();
        this.repository = repository;
        this.limits = limits;
        this.by = by;
    }

    /// As it was when it was deleted last.
    Undeleted bring(Digest digest) {
        if (find(digest).isEmpty() && kept(digest).isEmpty()) {
            throw refused(
                    "there is no deleted image %s in %s: it was never there, or it is kept no more, nor are its layers"
                            .formatted(digest, repository.name()));
        }
        find(digest).ifPresent(this::bringTags);
        tree(digest);
        if (images.isEmpty() && tags.isEmpty()) {
            throw refused("%s is in %s, and nothing of it was deleted".formatted(digest, repository.name()));
        }
        return done();
    }

    /// It was pushed again since it was deleted, with fewer tags.
    private void bringTags(StoredImage image) {
        kept(image.digest()).ifPresent(gone -> {
            var lost = new ArrayList<>(history.tagsOf(repository, gone));
            lost.removeAll(tx.images().tagsOf(repository, List.of(image)).getOrDefault(image.id(), List.of()));
            giveAll(image, lost, Kind.TAG);
        });
    }

    /// As it was then.
    Undeleted bring(Tag tag, Instant moment) {
        var digest = history.pointedAt(repository, tag, moment)
                .orElseThrow(() -> refused("tag %s of %s was not there at %s, or that is kept no more"
                        .formatted(tag, repository.name(), moment.truncatedTo(ChronoUnit.MILLIS))));
        at = moment;
        bare = digest;
        if (find(digest).isEmpty() && kept(digest).isEmpty()) {
            throw refused("tag %s pointed at %s, which is kept no more, nor are its layers".formatted(tag, digest));
        }
        var now = tx.images().find(repository, tag);
        refuseImmovable(tag, digest, now);
        tree(digest);
        activate(digest);
        var image = find(digest).orElseThrow();
        if (now.filter(pointed -> pointed.id() == image.id()).isEmpty()) {
            by.tell(tx, Kind.TAG, repository, image, List.of(tag));
            give(tag, image, now.orElse(null), by.at());
        }
        return done();
    }

    private void refuseImmovable(Tag tag, Digest digest, Optional<StoredImage> now) {
        now.map(StoredImage::digest)
                .filter(other ->
                        !other.equals(digest) && !repository.tagMutability().allowsMoving(tag))
                .ifPresent(other -> {
                    throw refused(
                            "tag %s is immutable in %s, and points at %s now".formatted(tag, repository.name(), other));
                });
    }

    /// What it names, then the image itself, then what refers to it.
    private void tree(Digest digest) {
        if (!seen.add(digest)) {
            return;
        }
        if (find(digest).isEmpty()) {
            kept(digest).ifPresent(this::restore);
        }
        history.about(repository, digest).stream()
                .filter(gone -> at == null || gone.wasThere(at))
                .map(gone -> gone.image().digest())
                .distinct()
                .forEach(this::tree);
    }

    private void restore(Gone gone) {
        for (var name : history.names(gone)) {
            if (!name.isBlob()) {
                tree(name.digest());
                refuseLost(gone, name);
                activate(name.digest());
            }
        }
        var image = history.restore(repository, gone, by.at());
        images.add(image);
        refuseTooMany();
        giveAll(image, tagsOf(gone), Kind.RESTORE);
    }

    /// What comes back can be pulled, with all that it names.
    private void activate(Digest digest) {
        tx.images()
                .hold(repository, digest)
                .filter(image -> !image.archival().isActive())
                .ifPresent(new ImageArchive(tx, repository, by)::restoreForPush);
    }

    private void refuseLost(Gone list, History.Name name) {
        if (!name.isAbsent() && find(name.digest()).isEmpty()) {
            throw refused(
                    "%s names %s, which is kept no more".formatted(list.image().digest(), name.digest()));
        }
    }

    private void refuseTooMany() {
        var most = limits.registry().imagesPerRepository();
        if (tx.images().count(repository) > most) {
            throw refused("%s would have more than %d images, which is the most (limits.images-per-repository)"
                    .formatted(repository.name(), most));
        }
    }

    /// Of the image that a tag pointed at that is asked for only that tag comes back.
    private List<Tag> tagsOf(Gone gone) {
        if (at == null) {
            return history.tagsOf(repository, gone);
        }
        return gone.image().digest().equals(bare) ? List.of() : history.tagsOf(repository, gone, at);
    }

    /// Each a little later than the one before, so that they are in the order that they were in.
    private void giveAll(StoredImage image, List<Tag> all, Kind kind) {
        var free = new ArrayList<Tag>();
        for (var tag : all) {
            tx.images()
                    .find(repository, tag)
                    .ifPresentOrElse(other -> taken.put(tag, other.digest()), () -> free.add(tag));
        }
        if (kind == Kind.RESTORE || !free.isEmpty()) {
            by.tell(tx, kind, repository, image, free);
        }
        for (int i = 0; i < free.size(); i++) {
            give(free.get(i), image, null, by.at().plus(i, ChronoUnit.MICROS));
        }
    }

    private void give(Tag tag, StoredImage image, @Nullable StoredImage other, Instant when) {
        var most = limits.image().tags();
        if (tx.images()
                        .tagsOf(repository, List.of(image))
                        .getOrDefault(image.id(), List.of())
                        .size()
                >= most) {
            throw refused("%s would have more than %d tags, which is the most (limits.tags-per-image)"
                    .formatted(image.digest(), most));
        }
        tx.images().tag(repository, tag, image, other, when);
        tags.put(tag, image.digest());
    }

    private Optional<StoredImage> find(Digest digest) {
        return tx.images().find(repository, digest);
    }

    /// The one that was there then, else the last one: they are the same bytes.
    private Optional<Gone> kept(Digest digest) {
        var all = history.images(repository, digest);
        return all.stream()
                .filter(gone -> at != null && gone.wasThere(at))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private Undeleted done() {
        return new Undeleted(images, tags, taken);
    }

    private static UndeleteException refused(String why) {
        return new UndeleteException(why);
    }
}
