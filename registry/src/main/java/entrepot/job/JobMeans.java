package entrepot.job;

import entrepot.auth.KeyUsage;
import entrepot.auth.token.ServerSecrets;
import entrepot.domain.GarbageRules;
import entrepot.event.EventTargets;
import entrepot.operation.AuditTrail;
import entrepot.operation.ImageChanges;
import entrepot.operation.PullTimes;
import entrepot.operation.lifecycle.LifecycleRun;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What jobs are made of.
///
/// @param changes is told what happens to images
public record JobMeans(
        MetadataStore metadata,
        BlobStore blobs,
        InstantSource clock,
        ImageChanges changes,
        Times times,
        Serving serving) {

    /// How long what is in nobody's use stays.
    ///
    /// @param uploadExpiry how long an upload stays open that nothing touches
    /// @param lifecycleInterval from one run of a lifecycle policy to the next, at most
    /// @param counts of what is deleted
    public record Times(
            Duration uploadExpiry, Duration lifecycleInterval, GarbageRules garbage, GarbageCounts counts) {}

    Duration uploadExpiry() {
        return times.uploadExpiry();
    }

    GarbageRules garbage() {
        return times.garbage();
    }

    GarbageCounts counts() {
        return times.counts();
    }

    /// What this node holds while it serves.
    ///
    /// @param audit is told what policies did
    /// @param secrets all that sign
    /// @param pulls that are to be recorded
    /// @param events who is told of them
    /// @param useRootKey says by which key of the root this node runs
    /// @param renewCertificate looks whether there is another one
    public record Serving(
            AuditTrail audit,
            List<ServerSecrets> secrets,
            KeyUsage usage,
            PullTimes pulls,
            EventTargets events,
            Runnable useRootKey,
            Runnable renewCertificate) {
        public Serving {
            secrets = List.copyOf(secrets);
        }
    }

    /// Runs the policies of these metadata.
    LifecycleRun lifecycle(MetadataStore fenced) {
        return new LifecycleRun(fenced, clock, serving.audit(), changes, times.lifecycleInterval());
    }
}
