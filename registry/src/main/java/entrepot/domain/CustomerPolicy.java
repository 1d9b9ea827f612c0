package entrepot.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A managed policy of an account's own. Its documents are its versions'; names are unique in the account without
/// regard to case.
///
/// @param id `ANPA` and seventeen characters, never used again
/// @param path `/`, or a path that begins and ends with one
/// @param defaultVersion the one that counts
/// @param latestVersion the highest number there ever was
public record CustomerPolicy(
        String id,
        AccountId account,
        String path,
        String name,
        @Nullable String description,
        int defaultVersion,
        int latestVersion,
        Instant createdAt,
        Instant updatedAt) {

    /// Does not change.
    public Arn arn(Partition partition) {
        return arn(partition, account, path, name);
    }

    /// The ARN that a policy of this path and name would have.
    public static Arn arn(Partition partition, AccountId account, String path, String name) {
        return new Arn("arn:" + partition + ":iam::" + account + ":policy" + path + name);
    }

    /// One document of the policy.
    public record Version(int number, String document, Instant createdAt) {}
}
