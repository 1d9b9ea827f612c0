package entrepot.store;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Partition;
import entrepot.domain.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The access keys of all principals, and the server's own secrets. Whatever is secret is sealed where it is kept.
public interface AccessKeys {

    /// Active or not.
    Optional<AccessKey> find(String id);

    void create(AccessKey key);

    /// In the order of ids, all of a user, or of an account's root. There are few.
    List<AccessKey> of(AccountId account, @Nullable User user);

    void setActive(String id, boolean active);

    /// Removing an absent key is not an error.
    void delete(String id);

    /// Empty for a key that was not used yet, or is not there.
    Optional<Use> lastUse(String id);

    /// Records a use, unless a later one is known or the key is gone. Not one of [MetadataStore#accessChanges].
    void used(String id, Use use);

    /// A secret of the server that all nodes share, such as the key that signs tokens.
    Optional<byte[]> secret(String name);

    void createSecret(String name, byte[] value);

    /// Nothing happens if there is no secret of that name.
    void replaceSecret(String name, byte[] value);

    /// What signs the requests of one principal.
    ///
    /// @param id `AKIA` and sixteen characters
    /// @param user whose it is; null for the account's root
    record AccessKey(
            String id,
            String secret,
            AccountId account,
            @Nullable User user,
            boolean isActive,
            Instant createdAt) {

        /// An active key of an account's root.
        public static AccessKey ofRoot(String id, String secret, AccountId account, Instant createdAt) {
            return new AccessKey(id, secret, account, null, true, createdAt);
        }

        /// The ARN that the key speaks for.
        public Arn principal(Partition partition) {
            return user == null ? rootOf(partition, account) : user.arn(partition);
        }

        /// The ARN of an account's root.
        public static Arn rootOf(Partition partition, AccountId account) {
            return new Arn("arn:" + partition + ":iam::" + account + ":root");
        }

        /// Without the secret, so that no log can hold it.
        @Override
        public String toString() {
            return "AccessKey[" + id + " of " + principal(Partition.AWS) + "]";
        }
    }

    /// A use of a key.
    ///
    /// @param service as in the credential's scope, such as `ecr`
    record Use(Instant at, String region, String service) {}
}
