package entrepot.job;

import entrepot.auth.KeyUsage;
import entrepot.auth.token.ServerSecrets;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What jobs are made of.
public record JobMeans(
        MetadataStore metadata, BlobStore blobs, InstantSource clock, Duration uploadExpiry, Serving serving) {

    /// What this node holds while it serves.
    ///
    /// @param secrets all that sign
    /// @param useRootKey says by which key of the root this node runs
    /// @param renewCertificate looks whether there is another one
    public record Serving(List<ServerSecrets> secrets, KeyUsage usage, Runnable useRootKey, Runnable renewCertificate) {
        public Serving {
            secrets = List.copyOf(secrets);
        }
    }
}
