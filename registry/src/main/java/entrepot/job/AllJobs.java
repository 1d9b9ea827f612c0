package entrepot.job;

import entrepot.operation.lifecycle.PreviewWork;
import java.time.Duration;
import java.util.List;

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
                new DeletedRepositories(metadata, means.garbage().pause()),
                new GarbageClock(metadata, means.garbage().pause(), System::nanoTime),
                new GarbageCollection(metadata, means.clock(), means.garbage()),
                new MissedGarbage(metadata),
                new KeysToDelete(metadata, means.clock()),
                new KeysToRotate(metadata, means.clock()),
                new LifecycleRuns(metadata, means.clock(), means.lifecycle(metadata)),
                new LifecyclePreviews(new PreviewWork(means.metadata(), means.clock())),
                new SecretRotation(metadata, serving.secrets()),
                new RootKeyInUse(serving.useRootKey()),
                new UsedKeys(metadata, serving.usage()),
                new PulledImages(metadata, serving.pulls()),
                new EventDelivery(metadata, means.clock(), serving.events()),
                new OldEvents(metadata, means.clock(), serving.events()),
                new CertificateRenewal(serving.renewCertificate()));
    }

    private static DiscardedBlobs.How deletion(JobMeans means) {
        var rules = means.garbage();
        return new DiscardedBlobs.How(rules.pause(), new Pace(rules.rate()), Duration.ZERO, means.counts());
    }
}
