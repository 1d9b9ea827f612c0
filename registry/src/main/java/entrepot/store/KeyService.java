package entrepot.store;

import entrepot.domain.Arn;
import entrepot.domain.RegistryId;
import org.jspecify.annotations.Nullable;

/// Keys that never leave whoever keeps them, and what is done with them: AWS KMS, or a service that speaks as it does.
///
/// Keep this small: each method is written once for every service and tested once in `KeyServiceContract`. Every method
/// fails with a `KmsException` ([entrepot.domain.RepositoryError.Kms]) where the service refuses, fails, or does not
/// answer in time, and never does without.
public interface KeyService extends AutoCloseable {

    /// What ECR names where a caller names no key.
    String DEFAULT_KEY = "alias/aws/ecr";

    /// The ARN of a key that may be used in a registry.
    ///
    /// @param named a key's id or ARN, an alias's name or ARN; null for [#DEFAULT_KEY]
    Arn resolve(RegistryId registry, @Nullable String named);

    /// The key that somebody names, so that what they may do with it is decided before they are told whether it is
    /// there: one that is not has an ARN too, which is no key's.
    Meant meant(RegistryId registry, String named);

    /// Has itself be granted the key for a new repository, where whoever keeps the keys does not do so.
    default void grant(Transaction tx, Arn key, Arn repository) {}

    /// Gives back what was granted, with the repository.
    default void retire(Transaction tx, Arn key, Arn repository) {}

    /// Fails if the key is not granted for the repository any more. A service that itself decides at each call has
    /// nothing to add.
    ///
    /// @param operation as KMS calls it, such as `Decrypt`
    default void requireGrant(Arn key, Arn repository, String operation) {}

    /// A new data key.
    ///
    /// @param key the ARN of the key that wraps it
    /// @param repository in whose name, as the encryption context `aws:ecr:arn`
    DataKey generate(Arn key, Arn repository);

    /// The data key, of 32 bytes, that [#generate] gave for the same two and wrapped so.
    byte[] unwrap(Arn key, Arn repository, byte[] wrapped);

    /// Whether keys can be used now, as far as that can be told without one: that the service answers. Fails as any
    /// other method where it does not.
    ///
    /// @param home the registry whose region is asked about
    default void check(RegistryId home) {}

    /// Lets go of what it holds open.
    @Override
    default void close() {}

    /// The key that a name means.
    ///
    /// @param isOurs whether accounts here have it, and its policy decides; otherwise it is asked for with our own
    ///     credentials, so that only callers' policies keep them from it
    record Meant(Arn arn, boolean isOurs) {}

    /// A data key, as it is used and as it is kept.
    ///
    /// @param plain 32 bytes, to be wiped when they were used
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record DataKey(byte[] plain, byte[] wrapped) {

        /// Without the bytes, so that no log can hold them.
        @Override
        public String toString() {
            return "DataKey";
        }
    }
}
