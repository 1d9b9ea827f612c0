package entrepot.operation;

import entrepot.auth.Caller;
import entrepot.domain.CacheOutcome;
import entrepot.domain.ImageChange;
import entrepot.domain.Pusher;
import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationFailure;
import entrepot.domain.Repository;
import entrepot.domain.ScanOutcome;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Is told of every change of an image or its tags, in the transaction that makes it: what it writes there is kept if
/// and only if the change is.
@FunctionalInterface
public interface ImageChanges {

    /// Where nobody wants to know.
    ImageChanges NONE = (_, _) -> {};

    /// Of a deletion, before the image's rows go; of all else, when the image is there, and before its tags are
    /// given or taken away. In a transaction that is run again it is told again.
    void tell(Transaction tx, ImageChange change);

    /// Of the deletion of a repository with all that it has, before it goes. Says whether it is to be kept.
    default boolean tellDeletion(Transaction tx, Repository repository, String principal, Instant at) {
        return false;
    }

    /// Of a scan that has ended.
    default void tellScan(Transaction tx, ScanOutcome outcome) {}

    /// Of an image that came through the cache, or was given up.
    default void tellCached(Transaction tx, CacheOutcome outcome) {}

    /// Of an image that does not come to another registry.
    default void tellUnreplicated(Transaction tx, ReplicationFailure failure) {}

    /// Each of these is told, in their order.
    static ImageChanges all(List<ImageChanges> all) {
        return switch (all.size()) {
            case 0 -> NONE;
            case 1 -> all.getFirst();
            default -> new All(all);
        };
    }

    /// Several.
    record All(List<ImageChanges> all) implements ImageChanges {

        @Override
        public void tell(Transaction tx, ImageChange change) {
            all.forEach(each -> each.tell(tx, change));
        }

        @Override
        public boolean tellDeletion(Transaction tx, Repository repository, String principal, Instant at) {
            var isKept = false;
            for (var each : all) {
                isKept |= each.tellDeletion(tx, repository, principal, at);
            }
            return isKept;
        }

        @Override
        public void tellScan(Transaction tx, ScanOutcome outcome) {
            all.forEach(each -> each.tellScan(tx, outcome));
        }

        @Override
        public void tellCached(Transaction tx, CacheOutcome outcome) {
            all.forEach(each -> each.tellCached(tx, outcome));
        }

        @Override
        public void tellUnreplicated(Transaction tx, ReplicationFailure failure) {
            all.forEach(each -> each.tellUnreplicated(tx, failure));
        }
    }

    /// What one caller changes in one transaction.
    default By by(String principal, Instant at) {
        return new By(this, principal, at, null, null);
    }

    /// The same, of a caller's call.
    default By by(Caller caller, Instant at) {
        return new By(this, caller.principal().arn(), at, caller.replicated(), null);
    }

    /// The same, of a push that a caller makes and nothing brings in their name.
    default By byPusher(Caller caller, Instant at) {
        var pusher = caller.replicated() == null ? new Pusher(caller.principal().id(), caller.origin()) : null;
        return new By(this, caller.principal().arn(), at, caller.replicated(), pusher);
    }

    /// Who changes something.
    ///
    /// @param principal an ARN, `anonymous`, or `lifecycle`
    /// @param from the registry that it is replicated from; null if it is made here
    /// @param pusher who pushes, if that is what they do
    record By(
            ImageChanges changes,
            String principal,
            Instant at,
            @Nullable RegistryId from,
            @Nullable Pusher pusher) {

        public void tell(
                Transaction tx, ImageChange.Kind kind, Repository repository, StoredImage image, List<Tag> tags) {
            changes.tell(tx, new ImageChange(kind, repository, image, tags, principal, at, from, pusher));
        }
    }
}
