package entrepot.job;

import entrepot.archive.BlobPlaces;
import entrepot.auth.KeyUsage;
import entrepot.auth.token.ServerSecrets;
import entrepot.check.Round;
import entrepot.check.StoredRepair;
import entrepot.domain.GarbageRules;
import entrepot.domain.ScannerRules;
import entrepot.domain.ScrubRules;
import entrepot.event.EventTargets;
import entrepot.operation.AuditTrail;
import entrepot.operation.ImageChanges;
import entrepot.operation.PullTimes;
import entrepot.operation.cache.CacheOperations;
import entrepot.operation.lifecycle.LifecycleRun;
import entrepot.replication.Replicas;
import entrepot.scan.AttachedComponents;
import entrepot.scan.ScanMeans;
import entrepot.scan.database.FetchedDatabase;
import entrepot.scanner.Scanners;
import entrepot.signing.SigningMeans;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.Reserve;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What jobs are made of.
///
/// @param places where bytes lie
/// @param changes is told what happens to images
/// @param scanning how images are scanned
public record JobMeans(
        MetadataStore metadata,
        BlobPlaces places,
        InstantSource clock,
        ImageChanges changes,
        Times times,
        Serving serving,
        Scanning scanning) {

    BlobStore blobs() {
        return places.blobs();
    }

    /// How long what is in nobody's use stays.
    ///
    /// @param uploadExpiry how long an upload stays open that nothing touches
    /// @param lifecycleInterval from one run of a lifecycle policy to the next, at most
    /// @param scrub how everything is looked at
    /// @param history how long it is kept
    /// @param counts of what is deleted
    public record Times(
            Duration uploadExpiry,
            Duration lifecycleInterval,
            GarbageRules garbage,
            ScrubRules scrub,
            Duration history,
            GarbageCounts counts) {}

    Duration uploadExpiry() {
        return times.uploadExpiry();
    }

    GarbageRules garbage() {
        return times.garbage();
    }

    Duration history() {
        return times.history();
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
    /// @param cache goes on with what is brought from other registries
    /// @param replicas everywhere that images may go to
    /// @param signing how images are signed
    /// @param useRootKey says by which key of the root this node runs
    /// @param renewCertificate looks whether there is another one
    public record Serving(
            AuditTrail audit,
            List<ServerSecrets> secrets,
            KeyUsage usage,
            PullTimes pulls,
            EventTargets events,
            CacheOperations.Resumption cache,
            Replicas replicas,
            SigningMeans signing,
            Runnable useRootKey,
            Runnable renewCertificate) {
        public Serving {
            secrets = List.copyOf(secrets);
        }
    }

    /// How images are scanned.
    ///
    /// @param folder for them while they are
    /// @param reserve of the disk, which they leave free
    /// @param attached stores what images are made of beside them; null where nobody asks for that
    /// @param scanners empty where there is none
    /// @param fetched what they know, if it comes from a registry; else null
    public record Scanning(
            ScannerRules rules,
            Path folder,
            Reserve reserve,
            @Nullable AttachedComponents attached,
            Optional<Scanners> scanners,
            @Nullable FetchedDatabase fetched) {}

    /// Empty where there is no scanner.
    Optional<Scanners> scanner() {
        return scanning.scanners();
    }

    /// How images of these metadata are scanned.
    ScanMeans scans(MetadataStore of) {
        return new ScanMeans(of, places.vault(), scanning.reserve(), scanning.attached(), changes, clock);
    }

    /// Looks at what is stored, and marks in these metadata.
    Round round(MetadataStore fenced) {
        var repair = new StoredRepair(fenced, blobs(), Duration.ZERO);
        return new Round(fenced, places.vault(), repair, times.scrub().rate(), clock);
    }

    /// Runs the policies of these metadata.
    LifecycleRun lifecycle(MetadataStore fenced) {
        return new LifecycleRun(fenced, clock, serving.audit(), changes, times.lifecycleInterval());
    }
}
