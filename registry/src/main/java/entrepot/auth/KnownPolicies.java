package entrepot.auth;

import entrepot.auth.policy.ManagedPolicies;
import entrepot.auth.policy.ManagedPolicies.ManagedPolicy;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.auth.policy.RegistryPolicy;
import entrepot.domain.AccountSetting;
import entrepot.domain.Arn;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyArn;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryArn;
import entrepot.domain.ResourceTag;
import entrepot.domain.SecretArn;
import entrepot.domain.User;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import entrepot.store.Users.InlinePolicy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The policies that are in force, parsed. A stored text that cannot be understood fails the request: a policy that
/// is not read must not be taken for one that is not there.
public final class KnownPolicies {

    /// How many of a kind are kept; those that were asked for longest ago go.
    private static final int USERS = 10_000;
    private static final int RESOURCES = 10_000;
    private static final int REGISTRIES = 1_000;
    private static final Pattern IDENTITIES = Pattern.compile("arn:[a-z-]+:iam::");

    /// Far above the number of inline policies that one user can have.
    private static final int ALL = 10_000;

    private final AccessCache<String, List<PolicyDocument>> users;
    private final AccessCache<Arn, ResourceFacts> resources;
    private final AccessCache<RegistryId, Optional<RegistryPolicy>> registries;
    private final KnownGrants grants;

    public KnownPolicies(MetadataStore store, InstantSource clock) {
        this.users = new AccessCache<>(store, clock, USERS);
        this.resources = new AccessCache<>(store, clock, RESOURCES);
        this.registries = new AccessCache<>(store, clock, REGISTRIES);
        this.grants = new KnownGrants(store, clock);
    }

    /// Of keys.
    KnownGrants grants() {
        return grants;
    }

    /// Of a user, those written into it and those attached to it.
    List<PolicyDocument> of(User user) {
        return users.get(user.id(), tables -> of(tables, user));
    }

    static List<PolicyDocument> of(Transaction tables, User user) {
        return Stream.concat(inline(tables, user), attached(tables, user)).toList();
    }

    /// Of a resource, if that is a repository, a key, a secret, a user or a customer's policy.
    ResourceFacts of(Arn resource) {
        return isKnown(resource) ? resources.get(resource, tables -> of(tables, resource)) : ResourceFacts.NONE;
    }

    private static boolean isKnown(Arn resource) {
        return RepositoryArn.isOne(resource)
                || KeyArn.parse(resource.value()).isPresent()
                || SecretArn.parse(resource.value()).isPresent()
                || isIdentity(resource);
    }

    /// The same, as it is in this transaction.
    static ResourceFacts of(Transaction tables, Arn resource) {
        if (RepositoryArn.isOne(resource)) {
            return facts(tables, resource);
        }
        if (KeyArn.parse(resource.value()).isPresent()) {
            return ofKey(tables, resource);
        }
        return isIdentity(resource) ? new ResourceFacts(null, tags(tables, resource)) : ofSecret(tables, resource);
    }

    /// Of a secret.
    private static ResourceFacts ofSecret(Transaction tables, Arn resource) {
        return SecretArn.parse(resource.value())
                .flatMap(tables.secrets()::find)
                .map(secret -> new ResourceFacts(
                        tables.secrets()
                                .policy(secret)
                                .map(text -> PolicyDocument.parse(text, PolicyKind.SECRET))
                                .orElse(null),
                        tables.secrets().tags(secret)))
                .orElse(ResourceFacts.NONE);
    }

    /// Of a key.
    static ResourceFacts ofKey(Transaction tables, Arn resource) {
        return KeyArn.parse(resource.value())
                .flatMap(arn -> tables.encryptionKeys()
                        .find(arn.id())
                        .filter(key -> key.home().equals(arn.home())))
                .map(key -> new ResourceFacts(
                        policy(tables, key), tables.encryptionKeys().tags(key)))
                .orElse(ResourceFacts.NONE);
    }

    private static PolicyDocument policy(Transaction tables, EncryptionKey key) {
        return PolicyDocument.parse(tables.encryptionKeys().policy(key).orElseThrow(), PolicyKind.KEY);
    }

    private static boolean isIdentity(Arn resource) {
        return IDENTITIES.matcher(resource.value()).lookingAt();
    }

    private static List<ResourceTag> tags(Transaction tables, Arn resource) {
        return tables.users()
                .find(resource)
                .map(user -> tables.users().tags(user))
                .or(() -> tables.policies()
                        .find(resource)
                        .map(policy -> tables.policies().tags(policy)))
                .orElse(List.of());
    }

    /// Of a repository.
    static ResourceFacts facts(Transaction tables, Arn resource) {
        return RepositoryArn.parse(resource.value())
                .flatMap(arn -> tables.repositories().find(arn.registry(), arn.repository()))
                .map(repository -> facts(tables, repository))
                .orElse(ResourceFacts.NONE);
    }

    private static ResourceFacts facts(Transaction tables, Repository repository) {
        var policy = tables.resourcePolicies()
                .ofRepository(repository)
                .map(text -> PolicyDocument.parse(text, PolicyKind.REPOSITORY));
        return new ResourceFacts(policy.orElse(null), tables.repositories().tags(repository));
    }

    /// Of a registry.
    Optional<RegistryPolicy> of(RegistryId registry) {
        return registries.get(registry, tables -> of(tables, registry));
    }

    static Optional<RegistryPolicy> of(Transaction tables, RegistryId registry) {
        return tables.resourcePolicies()
                .ofRegistry(registry)
                .map(text ->
                        new RegistryPolicy(PolicyDocument.parse(text, PolicyKind.REGISTRY), scope(tables, registry)));
    }

    private static RegistryPolicy.Scope scope(Transaction tables, RegistryId registry) {
        return RegistryPolicy.Scope.valueOf(
                tables.accountSettings().value(registry, AccountSetting.REGISTRY_POLICY_SCOPE));
    }

    private static Stream<PolicyDocument> inline(Transaction tables, User user) {
        return tables.users().policies(user, null, ALL).stream()
                .map(InlinePolicy::document)
                .map(KnownPolicies::ofIdentity);
    }

    private static Stream<PolicyDocument> attached(Transaction tables, User user) {
        return tables.users().attached(user).stream().map(arn -> managed(tables, arn));
    }

    private static PolicyDocument managed(Transaction tables, Arn arn) {
        return ManagedPolicies.find(arn)
                .map(ManagedPolicy::document)
                .or(() -> tables.policies().document(arn).map(KnownPolicies::ofIdentity))
                .orElseThrow(() -> new IllegalStateException("an attached policy is not there: " + arn));
    }

    private static PolicyDocument ofIdentity(String text) {
        return PolicyDocument.parse(text, PolicyKind.IDENTITY);
    }
}
