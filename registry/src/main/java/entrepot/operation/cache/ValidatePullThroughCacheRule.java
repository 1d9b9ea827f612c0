package entrepot.operation.cache;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.CacheRule;
import entrepot.domain.Law;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the other registry whether it takes whoever a rule asks as. Source: ECR API, ValidatePullThroughCacheRule.
public final class ValidatePullThroughCacheRule
        implements Operation<ValidatePullThroughCacheRule.Input, ValidatePullThroughCacheRule.Output> {

    public record Input(
            TemplatePrefix ecrRepositoryPrefix, @Nullable AccountId registryId) {}

    /// @param failure what is wrong; null if nothing is
    public record Output(
            TemplatePrefix ecrRepositoryPrefix,
            AccountId registryId,
            String upstreamRegistryUrl,
            @Nullable Arn credentialArn,
            @Nullable Arn customRoleArn,
            TemplatePrefix upstreamRepositoryPrefix,
            boolean isValid,
            @Nullable String failure) {}

    private final MetadataStore metadata;
    private final UpstreamChoice upstreams;

    ValidatePullThroughCacheRule(MetadataStore metadata, UpstreamChoice upstreams) {
        this.metadata = metadata;
        this.upstreams = upstreams;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.anywhere(caller.registry(input.registryId()), name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        CacheRule rule = metadata.read(tx -> StoredRules.require(tx, registry, input.ecrRepositoryPrefix()));
        var failure = failure(() -> upstreams.of(registry, rule).login());
        return new Output(
                rule.prefix(),
                registry.account(),
                rule.upstream(),
                rule.credential(),
                rule.customRole(),
                rule.upstreamPrefix(),
                failure == null,
                failure);
    }

    private interface Try {
        void run() throws UpstreamException;
    }

    private static @Nullable String failure(Try login) {
        try {
            login.run();
            return null;
        } catch (UpstreamException e) {
            return e.getMessage();
        }
    }
}
