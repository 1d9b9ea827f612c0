package entrepot.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/// A signing profile of AWS Signer. Source: ECR API, SigningRule, `signingProfileArn`.
public record SigningProfileArn(String value) {

    private static final Pattern FORM =
            Pattern.compile("arn:(aws(?:-[a-z]+)*):signer:([a-z0-9-]+):([0-9]{12}):/signing-profiles/[a-zA-Z0-9_]{2,}");

    private static final int LONGEST = 200;

    /// Empty if the text is none.
    public static Optional<SigningProfileArn> parse(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches()
                ? Optional.of(new SigningProfileArn(text))
                : Optional.empty();
    }

    private String part(int number) {
        var parts = FORM.matcher(value);
        if (!parts.matches()) {
            throw new IllegalStateException("no signing profile: " + value);
        }
        return parts.group(number);
    }

    /// Whose it is.
    public AccountId account() {
        return new AccountId(part(3));
    }

    /// Whether it is of the region of this registry, hence also of its partition.
    public boolean isIn(RegistryId registry) {
        return part(2).equals(registry.region())
                && part(1).equals(registry.partition().name());
    }

    @Override
    public String toString() {
        return value;
    }
}
