package entrepot.domain;

import java.util.Set;

/// States that a request names by their entity tags, which here are the digests of what is stored.
///
/// Source: RFC 9110, 8.8.3 and 13.1.
///
/// @param any whatever the state is, if there is something at all (`*`)
/// @param strong the opaque texts of the strong ones
/// @param weak those of the weak ones (`W/`)
public record EntityTags(boolean any, Set<String> strong, Set<String> weak) {

    public EntityTags {
        strong = Set.copyOf(strong);
        weak = Set.copyOf(weak);
    }

    /// The value of `ETag` for these bytes.
    public static String of(Digest digest) {
        return "\"" + digest + "\"";
    }

    /// By the strong comparison (RFC 9110, 8.8.3.2): a weak one is like nothing.
    boolean hasStrongly(Set<Digest> state) {
        return state.stream().anyMatch(digest -> any || strong.contains(digest.toString()));
    }

    /// By the weak comparison.
    boolean hasWeakly(Set<Digest> state) {
        return hasStrongly(state) || state.stream().anyMatch(digest -> weak.contains(digest.toString()));
    }
}
