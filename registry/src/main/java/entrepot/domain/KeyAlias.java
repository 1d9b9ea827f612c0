package entrepot.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// A name of a key, within an account and a region.
///
/// @param name `alias/` and more
public record KeyAlias(RegistryId home, String name, String keyId, Instant createdAt, Instant updatedAt) {

    /// What every name begins with.
    public static final String PREFIX = "alias/";

    /// What the names of keys that AWS's services manage begin with.
    public static final String OF_AWS = "alias/aws/";

    private static final Pattern ARN =
            Pattern.compile("arn:([a-z-]+):kms:([a-z0-9-]+):([0-9]{12}):(alias/[a-zA-Z0-9:/_-]{1,250})");

    /// Where an alias is, and how it is called.
    public record Name(RegistryId home, String name) {

        public Arn arn() {
            return new Arn("arn:%s:kms:%s:%s:%s".formatted(home.partition(), home.region(), home.account(), name));
        }
    }

    /// Of an ARN; empty for what is none of an alias.
    public static Optional<Name> parseArn(String text) {
        var parts = ARN.matcher(text);
        if (!parts.matches() || !RegistryId.isRegion(parts.group(2))) {
            return Optional.empty();
        }
        return Optional.of(new Name(new RegistryId(new AccountId(parts.group(3)), parts.group(2)), parts.group(4)))
                .filter(found -> found.arn().value().equals(text));
    }

    public Arn arn() {
        return new Name(home, name).arn();
    }
}
