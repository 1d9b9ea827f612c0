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
import entrepot.domain.RepositoryError;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says that the repositories of a namespace are filled from another registry. Source: ECR API,
/// CreatePullThroughCacheRule.
public final class CreatePullThroughCacheRule
        implements Operation<CreatePullThroughCacheRule.Input, CreatePullThroughCacheRule.Output> {

    /// Source: ECR user guide, "Amazon ECR service quotas".
    private static final int MOST = 50;

    public record Input(
            TemplatePrefix ecrRepositoryPrefix,
            String upstreamRegistryUrl,
            @Nullable AccountId registryId,
            @Nullable String upstreamRegistry,
            @Nullable Arn credentialArn,
            @Nullable Arn customRoleArn,
            @Nullable TemplatePrefix upstreamRepositoryPrefix) {}

    public record Output(
            TemplatePrefix ecrRepositoryPrefix,
            String upstreamRegistryUrl,
            Instant createdAt,
            AccountId registryId,
            @Nullable String upstreamRegistry,
            @Nullable Arn credentialArn,
            @Nullable Arn customRoleArn,
            @Nullable TemplatePrefix upstreamRepositoryPrefix) {}

    private final MetadataStore metadata;
    private final GivenRule given;
    private final KnownRules rules;
    private final InstantSource clock;

    CreatePullThroughCacheRule(MetadataStore metadata, GivenRule given, KnownRules rules, InstantSource clock) {
        this.rules = rules;
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
        given.check(registry, input);
        var rule = rule(input, clock.instant());
        var output = metadata.transact(tx -> {
            refuseIfTaken(tx, registry, rule.prefix());
            refuseTooMany(tx, registry);
            tx.cacheRules().put(registry, rule);
            return output(registry, rule);
        });
        rules.changed(registry);
        return output;
    }

    private static CacheRule rule(Input input, Instant now) {
        return new CacheRule(
                input.ecrRepositoryPrefix(),
                input.upstreamRegistryUrl(),
                input.upstreamRepositoryPrefix(),
                input.credentialArn(),
                RuleNeeds.named(input.customRoleArn()),
                now,
                now);
    }

    private static void refuseIfTaken(Transaction tx, RegistryId registry, TemplatePrefix prefix) {
        if (StoredRules.find(tx, registry, prefix).isPresent()) {
            throw new RegistryException(new JsonAloneError.PullThroughCacheRuleAlreadyExists(registry, prefix));
        }
    }

    private static void refuseTooMany(Transaction tx, RegistryId registry) {
        if (tx.cacheRules().list(registry, null, MOST).size() >= MOST) {
            throw new RegistryException(new RepositoryError.LimitExceeded(
                    "The registry with id '%s' already has the maximum allowed number of pull through cache rules which is '%d'"
                            .formatted(registry.account(), MOST)));
        }
    }

    private static Output output(RegistryId registry, CacheRule rule) {
        return new Output(
                rule.prefix(),
                rule.upstream(),
                rule.createdAt(),
                registry.account(),
                RuleView.word(rule),
                rule.credential(),
                rule.customRole(),
                rule.upstreamPrefix());
    }
}
