package entrepot.job;

import entrepot.auth.KeyUsage;
import entrepot.auth.token.ServerSecrets;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What jobs are made of.
public record JobMeans(
        MetadataStore metadata, BlobStore blobs, InstantSource clock, Duration uploadExpiry, Serving serving) {

    /// What this node holds while it serves.
    ///
    /// @param secrets all that sign
    /// @param rootKey the id of the root's key, where the configuration gives it
    /// @param renewCertificate looks whether there is another one
    public record Serving(
            List<ServerSecrets> secrets, KeyUsage usage, Optional<String> rootKey, Runnable renewCertificate) {
        public Serving {
            secrets = List.copyOf(secrets);
        }
    }
}
