package entrepot.server;

import entrepot.backup.Backup;
import entrepot.backup.Pruning;
import entrepot.backup.Restore;
import entrepot.backup.Verification;
import entrepot.config.BlobKind;
import entrepot.config.Config;
import entrepot.config.PlaceAddress;
import entrepot.config.Storage;
import entrepot.folder.WorkFolder;
import entrepot.move.Progress;
import entrepot.store.BlobStore;
import entrepot.store.MoveTarget.Moved;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What the commands do, of registries that settings tell.
record Backups(PlaceAddress address) {

    /// A folder.
    static Backups in(Path folder) {
        return new Backups(new PlaceAddress.Folder(folder));
    }

    /// A part of a bucket, which is empty.
    static Backups inBucket(Path folder) {
        return new Backups(new PlaceAddress.Bucket(
                (BlobKind.S3) storage(TestStores.bucket(folder)).blobs()));
    }

    static Storage storage(Map<String, String> settings) {
        return Config.load(settings, Map.of(), null).storage();
    }

    Backup.Made add(Map<String, String> from, Progress progress) throws IOException {
        return add(from, true, InstantSource.system(), progress, UnaryOperator.identity());
    }

    Backup.Made add(
            Map<String, String> from,
            boolean withServerKey,
            InstantSource clock,
            Progress progress,
            UnaryOperator<BlobStore> way)
            throws IOException {
        var storage = storage(from);
        try (var stores = Stores.read(storage);
                var place = Stores.ownPlace(address)) {
            var registry = new BackedUp(storage, stores, withServerKey);
            return new Backup(registry, new ForwardedPlace(place, way), clock, progress).run();
        }
    }

    Pruning.Removed keep(int number) throws IOException {
        try (var place = Stores.ownPlace(address)) {
            return new Pruning(place, new Told()).keep(number);
        }
    }

    Verification.Summary verify(Progress progress) throws IOException {
        try (var place = Stores.readPlace(address);
                var work = new WorkFolder()) {
            return new Verification(place, work.path(), progress).run();
        }
    }

    Moved restore(Map<String, String> into) throws IOException {
        return restore(into, null, null, new Told());
    }

    /// @param at null for the newest
    /// @param keyFile null where the key is in the snapshot
    Moved restore(Map<String, String> into, @Nullable Instant at, @Nullable Path keyFile, Progress progress)
            throws IOException {
        try (var place = Stores.readPlace(address)) {
            return Restored.of(place, Restore.of(place, Optional.ofNullable(at)), keyFile)
                    .into(storage(into), progress);
        }
    }
}
