package entrepot.domain;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// In which state something must be for a request to be carried out.
///
/// Source: RFC 9110, 13.1.1 and 13.1.2.
///
/// @param match it must be in one of these (`If-Match`); null for any, or none
/// @param noneMatch it must be in none of these (`If-None-Match`); null for any
public record Precondition(
        @Nullable EntityTags match, @Nullable EntityTags noneMatch) {

    public static final Precondition NONE = new Precondition(null, null);

    /// Whether it is in a state that the request must not be carried out in for `If-Match`.
    ///
    /// @param state all the digests that it has, since one manifest may have a second form; none if it is not there
    public boolean missesMatch(Set<Digest> state) {
        return match != null && !match.hasStrongly(state);
    }

    /// The same for `If-None-Match`.
    public boolean hitsNoneMatch(Set<Digest> state) {
        return noneMatch != null && noneMatch.hasWeakly(state);
    }

    public boolean holds(Set<Digest> state) {
        return !missesMatch(state) && !hitsNoneMatch(state);
    }
}
