package entrepot.replication;

import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.Backfills.Backfill;
import entrepot.store.Backfills.Status;
import entrepot.store.Images.Statuses;
import entrepot.store.MetadataStore;
import entrepot.store.Replication.Change;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks for what backfills are about, page by page, and puts it into the lines of their destinations, where it waits
/// its turn behind what was changed before. Whoever has the lease of the lines does this.
record BackfillWork(MetadataStore metadata, InstantSource clock) {

    private static final int PAGE = 100;

    /// Says whether there is more to do at once.
    boolean step() {
        var running = metadata.ask(tx -> tx.backfills().running());
        return running.stream()
                        .filter(backfill -> metadata.transact(tx -> step(tx, backfill)))
                        .count()
                > 0;
    }

    private boolean step(Transaction tx, Backfill seen) {
        return tx.backfills()
                .find(seen.id())
                .map(backfill -> switch (backfill.status()) {
                    case PREPARING -> prepare(tx, backfill);
                    case IN_PROGRESS -> endIfDone(tx, backfill);
                    case STOPPING -> stop(tx, backfill);
                    case COMPLETE, FAILED, STOPPED -> false;
                })
                .orElse(false);
    }

    private boolean endIfDone(Transaction tx, Backfill backfill) {
        var isDone = tx.backfills().isDone(backfill);
        if (isDone) {
            tx.backfills().end(backfill, Status.COMPLETE, null, clock.instant());
        }
        return isDone;
    }

    private boolean stop(Transaction tx, Backfill backfill) {
        if (tx.backfills().drop(backfill, PAGE) == 0) {
            tx.backfills().end(backfill, Status.STOPPED, null, clock.instant());
        }
        return true;
    }

    private boolean prepare(Transaction tx, Backfill backfill) {
        var here = here(tx, backfill);
        var images = here.map(repository ->
                        tx.images().images(repository, Statuses.ACTIVE, backfill.afterImage(), null, PAGE))
                .orElse(List.of());
        if (here.isPresent() && !images.isEmpty()) {
            add(tx, backfill, here.get(), images);
            tx.backfills()
                    .advance(
                            backfill,
                            backfill.afterRepository(),
                            images.getLast().id());
            return true;
        }
        next(tx, backfill)
                .ifPresentOrElse(
                        next -> tx.backfills().advance(backfill, next.value(), 0),
                        () -> tx.backfills().prepared(backfill));
        return true;
    }

    /// The repository that images are looked for in; empty before the first one, of one that has gone, and of one that
    /// no rule is for.
    private static Optional<Repository> here(Transaction tx, Backfill backfill) {
        return backfill.afterRepository().isEmpty()
                ? Optional.empty()
                : tx.repositories()
                        .find(backfill.registry(), new RepositoryName(backfill.afterRepository()))
                        .filter(repository -> isFor(backfill, repository.name()));
    }

    private static boolean isFor(Backfill backfill, RepositoryName repository) {
        return backfill.rules().rules().stream()
                .anyMatch(rule -> rule.isFor(repository) && rule.destinations().contains(backfill.destination()));
    }

    private static Optional<RepositoryName> next(Transaction tx, Backfill backfill) {
        return tx.repositories().list(backfill.registry(), backfill.afterRepository(), 1).stream()
                .findFirst()
                .map(Repository::name);
    }

    private void add(Transaction tx, Backfill backfill, Repository repository, List<StoredImage> images) {
        var tags = tx.images().tagsOf(repository, images);
        var ids = new ArrayList<Long>();
        for (var image : images) {
            for (var tag : tagsOrNone(tags.get(image.id()))) {
                ids.add(add(tx, backfill, repository, image, tag.orElse(null)).id());
            }
        }
        tx.replication().queue(backfill.destination(), ids, clock.instant());
    }

    private static List<Optional<Tag>> tagsOrNone(@Nullable List<Tag> tags) {
        return tags == null
                ? List.of(Optional.empty())
                : tags.stream().map(Optional::of).toList();
    }

    private Change add(Transaction tx, Backfill backfill, Repository repository, StoredImage image, @Nullable Tag tag) {
        var change = tx.replication().add(backfill.id(), repository, image, tag, clock.instant());
        tx.backfills().add(backfill, change, image.mediaType().isIndex());
        return change;
    }
}
