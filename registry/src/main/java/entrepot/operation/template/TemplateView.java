package entrepot.operation.template;

import entrepot.domain.Arn;
import entrepot.domain.CreationTemplate;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.CreationTemplate.Wish;
import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.PolicyText;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import entrepot.operation.repository.RepositoryView.ExclusionFilter;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ECR's `RepositoryCreationTemplate`.
public record TemplateView(
        TemplatePrefix prefix,
        @Nullable String description,
        EncryptionConfiguration encryptionConfiguration,
        @Nullable List<ResourceTag> resourceTags,
        TagMutability.Mode imageTagMutability,
        @Nullable List<ExclusionFilter> imageTagMutabilityExclusionFilters,
        @Nullable String repositoryPolicy,
        @Nullable String lifecyclePolicy,
        List<Occasion> appliedFor,
        @Nullable Arn customRoleArn,
        Instant createdAt,
        Instant updatedAt) {

    /// @param tx tells what the users are called by now that the policy names
    static TemplateView of(Transaction tx, RegistryId registry, CreationTemplate template) {
        var settings = template.settings();
        var policy = settings.repositoryPolicy();
        return new TemplateView(
                template.prefix(),
                template.description(),
                encryption(settings.encryption()),
                settings.tags().isEmpty() ? null : settings.tags(),
                settings.tagMutability().mode(),
                ExclusionFilter.all(settings.tagMutability()),
                policy == null ? null : PolicyText.shown(tx, policy, registry.partition()),
                settings.lifecyclePolicy(),
                template.appliedFor(),
                template.customRole(),
                template.createdAt(),
                template.updatedAt());
    }

    private static EncryptionConfiguration encryption(Wish wish) {
        return new EncryptionConfiguration(
                wish.type(), wish.key() == null ? null : wish.key().value());
    }
}
