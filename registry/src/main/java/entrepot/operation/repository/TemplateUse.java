package entrepot.operation.repository;

import entrepot.auth.Permission;
import entrepot.domain.CreationTemplate;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.CreationTemplate.Settings;
import entrepot.domain.Encryption;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.TemplatePrefix;
import entrepot.domain.WrappedKeys;
import entrepot.operation.Means;
import entrepot.operation.Permissions;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import entrepot.store.NewRepository;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the repositories that nobody makes by CreateRepository, as the registry's creation templates say. Whoever made
/// the template was asked for the rights to what it gives; see docs/decisions/0040-templates.md.
///
/// Source: ECR user guide, "Templates to control repositories created during a pull through cache, create on push, or
/// replication action".
public record TemplateUse(MetadataStore metadata, Vault vault, InstantSource clock, RepositoryMaker maker) {

    public static TemplateUse with(Means means) {
        return new TemplateUse(
                means.metadata(),
                means.vault(),
                means.clock(),
                new RepositoryMaker(means.vault(), means.clock(), means.limits()));
    }

    /// What a repository of this name has that is made on this occasion: what the template says that is for both and
    /// has
    /// the longest prefix. Empty if there is none. Fails if it can make none.
    public Optional<Settings> settings(RegistryId registry, RepositoryName name, Occasion occasion) {
        return metadata.read(tx -> tx.creationTemplates().find(registry, TemplatePrefix.of(name))).stream()
                .filter(template -> template.isFor(occasion))
                .max(Comparator.comparingInt(template -> template.prefix().length()))
                .map(template -> usable(registry, name, template).settings());
    }

    private static CreationTemplate usable(RegistryId registry, RepositoryName name, CreationTemplate template) {
        if (!template.isUsable()) {
            throw new RegistryException(new RepositoryError.TemplateWithoutRole(registry, name, template.prefix()));
        }
        return template;
    }

    /// What whoever has it made must be allowed.
    public static Permission need(RegistryId registry, RepositoryName name, Settings settings) {
        return Permissions.on(registry, name, "CreateRepository").creatingWith(settings.tags());
    }

    /// Makes it, or finds it, if somebody has made it meanwhile.
    public Repository make(RegistryId registry, RepositoryName name, Settings settings) {
        var keys = keys(registry, name, settings.encryption());
        var wanted = new NewRepository(registry, name, settings.tagMutability(), false, keys);
        return metadata.transact(
                tx -> tx.repositories().find(registry, name).orElseGet(() -> make(tx, wanted, settings)));
    }

    private @Nullable WrappedKeys keys(RegistryId registry, RepositoryName name, CreationTemplate.Wish wish) {
        if (wish.layers() == 0) {
            return null;
        }
        var key = wish.key() == null ? null : wish.key().value();
        var by = new Encryption.ByKey(wish.layers(), vault.resolve(registry, key));
        return vault.newKeys(by, registry.repository(name));
    }

    private Repository make(Transaction tx, NewRepository wanted, Settings settings) {
        var made = maker.make(tx, wanted, settings.tags());
        if (settings.repositoryPolicy() != null) {
            tx.resourcePolicies().putRepository(made, settings.repositoryPolicy());
        }
        if (settings.lifecyclePolicy() != null) {
            tx.lifecyclePolicies().putNew(made, settings.lifecyclePolicy(), clock.instant());
        }
        return made;
    }
}
