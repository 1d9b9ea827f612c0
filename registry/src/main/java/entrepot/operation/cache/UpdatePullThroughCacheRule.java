package entrepot.operation.cache;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.CacheRule;
import entrepot.domain.Law;
import entrepot.domain.RegistryId;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has a rule use other credentials. What is not said stays. Source: ECR API, UpdatePullThroughCacheRule.
public final class UpdatePullThroughCacheRule
        implements Operation<UpdatePullThroughCacheRule.Input, UpdatePullThroughCacheRule.Output> {

    public record Input(
            TemplatePrefix ecrRepositoryPrefix,
            @Nullable AccountId registryId,
            @Nullable Arn credentialArn,
            @Nullable Arn customRoleArn) {}

    public record Output(
            TemplatePrefix ecrRepositoryPrefix,
            AccountId registryId,
            Instant updatedAt,
            @Nullable Arn credentialArn,
            @Nullable Arn customRoleArn,
            @Nullable TemplatePrefix upstreamRepositoryPrefix) {}

    private final MetadataStore metadata;
    private final GivenRule given;
    private final InstantSource clock;

    UpdatePullThroughCacheRule(MetadataStore metadata, GivenRule given, InstantSource clock) {
        this.metadata = metadata;
        this.given = given;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return RuleNeeds.of(
                caller, name(), input.registryId(), new RuleNeeds.Given(input.credentialArn(), input.customRoleArn()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        given.check(registry, input.credentialArn(), input.customRoleArn());
        return metadata.transact(tx -> {
            var rule = changed(StoredRules.require(tx, registry, input.ecrRepositoryPrefix()), input);
            tx.cacheRules().put(registry, rule);
            return output(registry, rule);
        });
    }

    /// An empty role takes the one away that is there.
    private CacheRule changed(CacheRule before, Input input) {
        return before.with(
                input.credentialArn() == null ? before.credential() : input.credentialArn(),
                input.customRoleArn() == null ? before.customRole() : RuleNeeds.named(input.customRoleArn()),
                clock.instant());
    }

    private static Output output(RegistryId registry, CacheRule rule) {
        return new Output(
                rule.prefix(),
                registry.account(),
                rule.updatedAt(),
                rule.credential(),
                rule.customRole(),
                rule.upstreamPrefix());
    }
}
