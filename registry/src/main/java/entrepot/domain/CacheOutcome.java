package entrepot.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of bringing an image from another registry, for whoever is told.
///
/// @param prefix of the rule that fills the repository
/// @param upstream the other registry, as the rule has it
/// @param reference the tag or the digest that it was asked for by
/// @param failure why it was given up; null if it is here
public record CacheOutcome(
        Repository repository,
        TemplatePrefix prefix,
        String upstream,
        Reference reference,
        Digest digest,
        @Nullable UpstreamFault failure,
        Instant at) {}
