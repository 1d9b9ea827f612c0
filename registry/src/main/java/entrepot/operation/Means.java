package entrepot.operation;

import entrepot.auth.KeyUsage;
import entrepot.auth.NewKeys;
import entrepot.auth.token.BlobLinks;
import entrepot.auth.token.RegistryTokens;
import entrepot.domain.GarbageRules;
import entrepot.domain.Limits;
import entrepot.domain.ScannerRules;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import entrepot.store.Reserve;
import java.time.Duration;
import java.time.InstantSource;

/// What a [Family] makes its operations of.
public record Means(Kept kept, InstantSource clock, Decisions decisions, Rules rules, Credentials credentials) {

    /// Where everything is kept.
    ///
    /// @param vault the blobs, and what else customers bring, as they may be written and read
    /// @param reserve of the disk, which what large requests bring leaves free
    /// @param pulls that are to be recorded
    /// @param changes is told what happens to images
    public record Kept(MetadataStore metadata, Vault vault, Reserve reserve, PullTimes pulls, ImageChanges changes) {}

    /// What the configuration says of pushes.
    ///
    /// @param createOnPush whether a push to an absent repository makes it
    /// @param sparseManifests whether a manifest may name layers and manifests that its repository does not have
    /// @param garbage how long layers and bytes stay that nobody uses
    /// @param scanner what looks for vulnerabilities
    /// @param lifecycleInterval how often a lifecycle policy runs at least
    public record Rules(
            Limits limits,
            boolean createOnPush,
            boolean sparseManifests,
            GarbageRules garbage,
            ScannerRules scanner,
            Duration lifecycleInterval) {

        /// Where nothing scans, and lifecycle policies run once in a day.
        public Rules(Limits limits, boolean createOnPush, boolean sparseManifests, GarbageRules garbage) {
            this(limits, createOnPush, sparseManifests, garbage, ScannerRules.NONE, Duration.ofDays(1));
        }
    }

    /// What makes and knows callers' credentials.
    public record Credentials(RegistryTokens tokens, BlobLinks links, NewKeys keys, KeyUsage usage) {}

    public MetadataStore metadata() {
        return kept.metadata();
    }

    public Vault vault() {
        return kept.vault();
    }

    public Limits limits() {
        return rules.limits();
    }
}
