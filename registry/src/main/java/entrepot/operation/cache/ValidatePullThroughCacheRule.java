package entrepot.operation.cache;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.CacheRule;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import entrepot.upstream.UpstreamException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the other registry whether it takes whoever a rule asks as. Source: ECR API, ValidatePullThroughCacheRule.
public final class ValidatePullThroughCacheRule
        implements Operation<ValidatePullThroughCacheRule.Input, ValidatePullThroughCacheRule.Output> {

    public record Input(
            TemplatePrefix ecrRepositoryPrefix, @Nullable AccountId registryId) {}

    /// What was found.
    ///
    /// @param failure what is wrong; null if nothing is
    public record Output(
            TemplatePrefix ecrRepositoryPrefix,
            AccountId registryId,
            String upstreamRegistryUrl,
            @Nullable Arn credentialArn,
            @Nullable Arn customRoleArn,
            @Nullable TemplatePrefix upstreamRepositoryPrefix,
            boolean isValid,
            @Nullable String failure) {}

    private final MetadataStore metadata;
    private final Upstreams upstreams;

    ValidatePullThroughCacheRule(MetadataStore metadata, Upstreams upstreams) {
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
        var rule = metadata.read(tx -> StoredRules.require(tx, registry, input.ecrRepositoryPrefix()));
        var failure = failure(registry, rule);
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

    /// What can be seen of a secret that is not there any more, or of a registry that does not let us in.
    private @Nullable String failure(RegistryId registry, CacheRule rule) {
        try {
            if (rule.credential() != null
                    && upstreams.credentials(registry, rule.credential()).isEmpty()) {
                return new JsonAloneError.SecretNotFound().message();
            }
            upstreams.of(registry, rule).ping();
            return null;
        } catch (UpstreamException e) {
            return Faults.of(e).message();
        } catch (RegistryException e) {
            return e.error().message();
        }
    }
}
