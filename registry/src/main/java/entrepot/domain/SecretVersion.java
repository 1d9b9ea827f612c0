package entrepot.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A version of a secret, without its value.
///
/// @param id as its maker called it
/// @param accessedAt as of [Secret]
/// @param stages the labels that it has, in their order; one without any is deprecated
public record SecretVersion(
        String id, Instant createdAt, @Nullable Instant accessedAt, List<String> stages) {

    /// The label of the version that counts.
    public static final String CURRENT = "AWSCURRENT";

    /// The label of the one that counted before.
    public static final String PREVIOUS = "AWSPREVIOUS";

    public SecretVersion {
        stages = List.copyOf(stages);
    }
}
