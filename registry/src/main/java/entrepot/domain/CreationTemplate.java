package entrepot.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How repositories of a namespace come to be that nobody makes by CreateRepository: ECR's
/// `RepositoryCreationTemplate`.
///
/// @param appliedFor what it is for, at least one thing
/// @param customRole whom ECR would be for it; kept, nobody is it here. One that tags or encrypts does nothing without
public record CreationTemplate(
        TemplatePrefix prefix,
        @Nullable String description,
        Settings settings,
        List<Occasion> appliedFor,
        @Nullable Arn customRole,
        Instant createdAt,
        Instant updatedAt) {

    /// When a repository is made: ECR's `RCTAppliedFor`.
    public enum Occasion {
        REPLICATION,
        PULL_THROUGH_CACHE,
        CREATE_ON_PUSH
    }

    /// What a repository has from its beginning.
    ///
    /// @param repositoryPolicy in the form that the store keeps a repository's; null for none
    /// @param lifecyclePolicy well-formed; null for none
    public record Settings(
            Wish encryption,
            List<ResourceTag> tags,
            TagMutability tagMutability,
            @Nullable String repositoryPolicy,
            @Nullable String lifecyclePolicy) {

        /// What a repository has of which nothing was said.
        public static final Settings USUAL = new Settings(Wish.NONE, List.of(), TagMutability.MUTABLE, null, null);

        public Settings {
            tags = List.copyOf(tags);
        }

        /// The same with these tags alone.
        public Settings tagged(List<ResourceTag> others) {
            return new Settings(encryption, others, tagMutability, repositoryPolicy, lifecyclePolicy);
        }

        /// Source: ECR user guide, "Creating an IAM role for repository creation templates".
        boolean needsRole() {
            return !tags.isEmpty() || encryption.layers() > 0;
        }
    }

    /// The encryption that is asked for. Whether its key can be used shows when a repository is made.
    ///
    /// @param key its ARN; null for the usual one
    public record Wish(int layers, @Nullable Arn key) {

        /// The storage's own.
        public static final Wish NONE = new Wish(0, null);

        /// ECR's `encryptionType`.
        public String type() {
            return layers == 0 ? Encryption.AES256.toString() : layers == 1 ? "KMS" : "KMS_DSSE";
        }

        public static Wish of(String type, @Nullable Arn key) {
            return switch (type) {
                case "AES256" -> NONE;
                case "KMS_DSSE" -> new Wish(2, key);
                default -> new Wish(1, key);
            };
        }
    }

    public CreationTemplate {
        appliedFor = List.copyOf(appliedFor);
    }

    /// The same with other settings.
    public CreationTemplate with(Settings others) {
        return new CreationTemplate(prefix, description, others, appliedFor, customRole, createdAt, updatedAt);
    }

    public boolean isFor(Occasion occasion) {
        return appliedFor.contains(occasion);
    }

    /// Whether it says what it can do, as ECR sees it.
    public boolean isUsable() {
        return customRole != null || !settings.needsRole();
    }
}
