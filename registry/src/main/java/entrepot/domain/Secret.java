package entrepot.domain;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What Secrets Manager says of a secret, without its values.
///
/// @param id a UUID, never used again
/// @param suffix the random characters at the end of its ARN: another secret of the same name later has others
/// @param description null if none was given
/// @param deletion null unless it is to be deleted
/// @param changedAt when anything of it was changed last
/// @param accessedAt the day that its value was last asked for, at its beginning in UTC; null if it never was
public record Secret(
        String id,
        RegistryId home,
        String name,
        String suffix,
        @Nullable String description,
        @Nullable Deletion deletion,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant accessedAt) {

    /// How many random characters an ARN ends in.
    public static final int SUFFIX = 6;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    /// That it is to be deleted.
    ///
    /// @param at when somebody said so
    /// @param due when it goes
    public record Deletion(Instant at, Instant due) {}

    /// A new one.
    public static Secret create(RegistryId home, String name, @Nullable String description, Instant now) {
        var id = UUID.randomUUID().toString();
        return new Secret(id, home, name, newSuffix(), description, null, now, now, null);
    }

    private static String newSuffix() {
        var suffix = new StringBuilder();
        RANDOM.ints(SUFFIX, 0, LETTERS.length()).forEach(at -> suffix.append(LETTERS.charAt(at)));
        return suffix.toString();
    }

    public SecretArn arn() {
        return new SecretArn(home, name + "-" + suffix);
    }

    public Secret describedAs(@Nullable String text, Instant now) {
        return new Secret(id, home, name, suffix, text, deletion, createdAt, now, accessedAt);
    }

    /// The same, to be deleted or, with null, not.
    public Secret deletedBy(@Nullable Deletion how, Instant now) {
        return new Secret(id, home, name, suffix, description, how, createdAt, now, accessedAt);
    }

    public Secret changedAt(Instant now) {
        return new Secret(id, home, name, suffix, description, deletion, createdAt, now, accessedAt);
    }
}
