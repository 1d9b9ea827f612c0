package entrepot.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/// The ARN of a secret, or as much of it as somebody knows.
///
/// @param home the account and the region
/// @param resource the secret's name, with a hyphen and six random characters behind it where the ARN is whole
public record SecretArn(RegistryId home, String resource) {

    private static final Pattern FORM = Pattern.compile(
            "arn:([a-z-]+):secretsmanager:([a-z0-9-]+):([0-9]{12}):secret:([A-Za-z0-9/_+=.@!-]{1,519})");

    /// Empty for what is none, or of a region that is not of its partition.
    public static Optional<SecretArn> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches() || !RegistryId.isRegion(parts.group(2))) {
            return Optional.empty();
        }
        var arn = new SecretArn(new RegistryId(new AccountId(parts.group(3)), parts.group(2)), parts.group(4));
        return Optional.of(arn).filter(found -> found.toString().equals(text));
    }

    /// The name in an ARN that is whole; empty for one that cannot be.
    public Optional<String> name() {
        int end = resource.length() - 1 - Secret.SUFFIX;
        return end > 0 && resource.charAt(end) == '-' ? Optional.of(resource.substring(0, end)) : Optional.empty();
    }

    public Arn toArn() {
        return new Arn("arn:%s:secretsmanager:%s:%s:secret:%s"
                .formatted(home.partition(), home.region(), home.account(), resource));
    }

    @Override
    public String toString() {
        return toArn().value();
    }
}
