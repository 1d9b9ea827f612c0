package entrepot.job;

import entrepot.archive.BlobMoves;
import entrepot.operation.lifecycle.PreviewWork;
import entrepot.operation.scanning.PushedImages;
import entrepot.operation.signing.SignedPushes;
import entrepot.scan.ContinuousScans;
import entrepot.scan.ScanWork;
import entrepot.signing.SigningWork;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every job that there is.
public final class AllJobs {

    private AllJobs() {}

    public static List<Job> with(JobMeans means) {
        var metadata = new Fenced(means.metadata());
        var serving = means.serving();
        return List.of(
                new ExpiredUploads(metadata, means.clock(), means.uploadExpiry()),
                new DiscardedBlobs(metadata, means.blobs(), means.clock(), deletion(means)),
                new UnfinishedBlobs(metadata, means.blobs(), means.clock(), means.uploadExpiry()),
                new DeletedRepositories(
                        metadata, means.history(), means.garbage().pause()),
                new OldHistory(metadata, means.history(), means.garbage().pause()),
                new GarbageClock(metadata, means.garbage().pause(), System::nanoTime),
                new GarbageCollection(metadata, means.clock(), means.garbage()),
                new MissedGarbage(metadata),
                archivedLayers(means, metadata),
                new Scrub(means.round(metadata), means.times().scrub()),
                new KeysToDelete(metadata, means.clock()),
                new KeysToRotate(metadata, means.clock()),
                new SecretsToDelete(metadata, means.clock()),
                new LifecycleRuns(metadata, means.clock(), means.lifecycle(metadata)),
                new LifecyclePreviews(new PreviewWork(means.metadata(), means.clock())),
                new SecretRotation(metadata, serving.secrets()),
                new RootKeyInUse(serving.useRootKey()),
                new UsedKeys(metadata, serving.usage()),
                new PulledImages(metadata, serving.pulls()),
                new EventDelivery(metadata, means.clock(), serving.events()),
                new OldEvents(metadata, means.clock(), serving.events()),
                new CachedImages(metadata, means.clock(), serving.cache()),
                new ReplicationDelivery(metadata, means.clock(), serving.replicas()),
                new OldReplication(metadata, means.clock()),
                new CertificateRenewal(serving.renewCertificate()),
                new PushedImageScans(
                        new PushedImages(metadata, means.clock()),
                        means.scanner().isPresent()),
                new ImageScans(scanWork(means), means.scanning().rules().concurrency()),
                new ContinuousImageScans(continuousScans(means, metadata)),
                new ScannerDatabases(means.scanning().fetched()),
                new OldScans(metadata),
                new ImageSignatures(new SignedPushes(metadata, means.clock()), new SigningWork(serving.signing())));
    }

    private static @Nullable ScanWork scanWork(JobMeans means) {
        return means.scanner()
                .map(scanner -> new ScanWork(
                        means.scans(means.metadata()), scanner, means.scanning().folder()))
                .orElse(null);
    }

    private static @Nullable ContinuousScans continuousScans(JobMeans means, MetadataStore metadata) {
        return means.scanner()
                .map(scanner -> new ContinuousScans(means.scans(metadata), scanner))
                .orElse(null);
    }

    private static ArchivedLayers archivedLayers(JobMeans means, MetadataStore metadata) {
        var moves = new BlobMoves(metadata, means.places(), means.garbage(), means.clock());
        return new ArchivedLayers(metadata, means.clock(), moves);
    }

    private static DiscardedBlobs.How deletion(JobMeans means) {
        var rules = means.garbage();
        return new DiscardedBlobs.How(
                rules.pause(), Pace.beside(means.metadata(), rules.rate()), Duration.ZERO, means.counts());
    }
}
