package entrepot.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/// The ARN of a key of the key service.
///
/// @param home the account and the region
/// @param id the key's, which need not exist
public record KeyArn(RegistryId home, String id) {

    private static final Pattern FORM =
            Pattern.compile("arn:([a-z-]+):kms:([a-z0-9-]+):([0-9]{12}):key/([A-Za-z0-9-]{1,128})");

    /// Empty for what is none, or of a region that is not of its partition.
    public static Optional<KeyArn> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches() || !RegistryId.isRegion(parts.group(2))) {
            return Optional.empty();
        }
        var arn = new KeyArn(new RegistryId(new AccountId(parts.group(3)), parts.group(2)), parts.group(4));
        return Optional.of(arn).filter(found -> found.toString().equals(text));
    }

    public Arn toArn() {
        return new Arn("arn:%s:kms:%s:%s:key/%s".formatted(home.partition(), home.region(), home.account(), id));
    }

    @Override
    public String toString() {
        return toArn().value();
    }
}
