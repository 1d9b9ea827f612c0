package entrepot.domain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From which other registry the repositories of a namespace are filled: ECR's `PullThroughCacheRule`.
///
/// @param upstream the other registry's host, with its port if it has one
/// @param upstreamPrefix the namespace there; [TemplatePrefix#ROOT], and null where nobody said it, for all of it
/// @param credential the ARN of the secret with a user and a password; null for none
/// @param customRole whom ECR would be for it; kept, nobody is it here
public record CacheRule(
        TemplatePrefix prefix,
        String upstream,
        @Nullable TemplatePrefix upstreamPrefix,
        @Nullable Arn credential,
        @Nullable Arn customRole,
        Instant createdAt,
        Instant updatedAt) {

    /// The same with other credentials.
    public CacheRule with(@Nullable Arn otherCredential, @Nullable Arn otherRole, Instant now) {
        return new CacheRule(prefix, upstream, upstreamPrefix, otherCredential, otherRole, createdAt, now);
    }

    /// Which one it is, if ECR knows it.
    public Optional<KnownUpstream> registry() {
        return KnownUpstream.at(upstream);
    }

    /// What a repository that the rule is for is called there. Source: ECR user guide, "Customizing repository prefixes
    /// for ECR to ECR pull through cache".
    public String upstreamName(RepositoryName name) {
        var rest = prefix.isRoot() ? name.value() : name.value().substring(prefix.length() + 1);
        return upstreamPrefix == null || upstreamPrefix.isRoot() ? rest : upstreamPrefix + "/" + rest;
    }
}
