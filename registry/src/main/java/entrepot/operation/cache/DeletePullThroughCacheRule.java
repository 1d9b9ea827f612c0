package entrepot.operation.cache;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a rule away, and answers how it was. The repositories that it filled stay. Source: ECR API,
/// DeletePullThroughCacheRule.
public final class DeletePullThroughCacheRule
        implements Operation<DeletePullThroughCacheRule.Input, DeletePullThroughCacheRule.Output> {

    public record Input(
            TemplatePrefix ecrRepositoryPrefix, @Nullable AccountId registryId) {}

    public record Output(
            TemplatePrefix ecrRepositoryPrefix,
            String upstreamRegistryUrl,
            Instant createdAt,
            AccountId registryId,
            @Nullable Arn credentialArn,
            @Nullable Arn customRoleArn,
            @Nullable TemplatePrefix upstreamRepositoryPrefix) {}

    private final MetadataStore metadata;
    private final KnownRules rules;

    DeletePullThroughCacheRule(MetadataStore metadata, KnownRules rules) {
        this.rules = rules;
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.anywhere(caller.registry(input.registryId()), name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var output = metadata.transact(tx -> {
            var rule = StoredRules.require(tx, registry, input.ecrRepositoryPrefix());
            tx.cacheRules().delete(registry, rule.prefix());
            return new Output(
                    rule.prefix(),
                    rule.upstream(),
                    rule.createdAt(),
                    registry.account(),
                    rule.credential(),
                    rule.customRole(),
                    rule.upstreamPrefix());
        });
        rules.changed(registry);
        return output;
    }
}
