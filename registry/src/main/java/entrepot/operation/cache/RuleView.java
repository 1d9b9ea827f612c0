package entrepot.operation.cache;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.CacheRule;
import entrepot.domain.KnownUpstream;
import entrepot.domain.RegistryId;
import entrepot.domain.TemplatePrefix;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// ECR's `PullThroughCacheRule`.
///
/// @param upstreamRegistry null for one that ECR does not know
public record RuleView(
        TemplatePrefix ecrRepositoryPrefix,
        String upstreamRegistryUrl,
        Instant createdAt,
        AccountId registryId,
        @Nullable Arn credentialArn,
        @Nullable Arn customRoleArn,
        @Nullable TemplatePrefix upstreamRepositoryPrefix,
        @Nullable String upstreamRegistry,
        Instant updatedAt) {

    static RuleView of(RegistryId registry, CacheRule rule) {
        return new RuleView(
                rule.prefix(),
                rule.upstream(),
                rule.createdAt(),
                registry.account(),
                rule.credential(),
                rule.customRole(),
                rule.upstreamPrefix(),
                word(rule),
                rule.updatedAt());
    }

    static @Nullable String word(CacheRule rule) {
        return rule.registry().map(KnownUpstream::toString).orElse(null);
    }
}
