package entrepot.aws.model;

import java.util.Optional;

/// The least and the most that the model allows of a length or a value, both included.
public record Bounds(long least, long most) {

    /// How AWS words a length out of bounds, without the `Member` or `must` that comes before; empty if it is fine.
    public Optional<String> lengthViolation(long length) {
        return violation("length", length);
    }

    /// The same of a number's value.
    public Optional<String> valueViolation(long value) {
        return violation("value", value);
    }

    private Optional<String> violation(String what, long found) {
        if (found > most) {
            return Optional.of("must have %s less than or equal to %d".formatted(what, most));
        }
        return found < least
                ? Optional.of("must have %s greater than or equal to %d".formatted(what, least))
                : Optional.empty();
    }
}
