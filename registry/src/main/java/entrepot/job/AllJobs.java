package entrepot.job;

import java.util.List;

/// Every job that there is.
public final class AllJobs {

    private AllJobs() {}

    public static List<Job> with(JobMeans means) {
        var metadata = means.stores().metadata();
        var serving = means.serving();
        return List.of(
                new UploadSweep(metadata, means.clock(), means.uploadExpiry()),
                new DiscardedBlobs(metadata, means.stores().blobs(), means.clock()),
                new RepositoryPurge(metadata),
                new KeyDeletion(metadata, means.clock()),
                new KeyRotation(metadata, means.clock()),
                new SecretRotation(serving.secrets()),
                new KeyUsageWrite(metadata, serving.usage()),
                new CertificateRenewal(serving.renewCertificate()));
    }
}
