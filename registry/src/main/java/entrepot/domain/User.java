package entrepot.domain;

import java.time.Instant;
import java.util.Locale;

/// A user of an account, as IAM has them. Names are unique in the account without regard to case.
///
/// @param id `AIDA` and seventeen characters, never used again
/// @param path `/`, or a path that begins and ends with one
public record User(String id, AccountId account, String path, UserName name, Instant createdAt) {

    /// Changes with name and path.
    public Arn arn(Partition partition) {
        return arn(partition, account, path, name.value());
    }

    /// The ARN that a user of this path and name would have.
    public static Arn arn(Partition partition, AccountId account, String path, String name) {
        return new Arn("arn:" + partition + ":iam::" + account + ":user" + path + name);
    }

    /// What names that count as the same have in common.
    public static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
