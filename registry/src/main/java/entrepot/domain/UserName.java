package entrepot.domain;

import java.util.regex.Pattern;

/// A user's name in an account. Two that differ only by case name the same user.
///
/// Source: IAM's model, shape existingUserNameType. A new one has at most 64 characters, which the surfaces see to.
public record UserName(String value) {

    private static final Pattern PATTERN = Pattern.compile("[\\w+=,.@-]{1,128}");

    /// A surface has refused before this what is none, in its own words.
    public UserName {
        if (!isName(value)) {
            throw new IllegalArgumentException("not a user's name: " + value);
        }
    }

    public static boolean isName(String text) {
        return PATTERN.matcher(text).matches();
    }

    /// What names that count as the same have in common.
    public String folded() {
        return User.fold(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
