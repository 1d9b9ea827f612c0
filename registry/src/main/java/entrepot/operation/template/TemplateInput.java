package entrepot.operation.template;

import entrepot.domain.Arn;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import entrepot.operation.repository.RepositoryView.ExclusionFilter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is said of a template that is made or changed. What is absent stays as it was; what is empty is taken away.
public record TemplateInput(
        TemplatePrefix prefix,
        @Nullable String description,
        @Nullable EncryptionConfiguration encryptionConfiguration,
        @Nullable List<ResourceTag> resourceTags,
        TagMutability.@Nullable Mode imageTagMutability,
        @Nullable List<ExclusionFilter> imageTagMutabilityExclusionFilters,
        @Nullable String repositoryPolicy,
        @Nullable String lifecyclePolicy,
        @Nullable List<Occasion> appliedFor,
        @Nullable Arn customRoleArn) {

    /// The key that is named; null if none is.
    @Nullable
    String namedKey() {
        return encryptionConfiguration == null ? null : filled(encryptionConfiguration.kmsKey());
    }

    @Nullable
    Arn namedRole() {
        return customRoleArn == null || customRoleArn.value().isEmpty() ? null : customRoleArn;
    }

    List<ResourceTag> tagList() {
        return resourceTags == null ? List.of() : resourceTags;
    }

    /// Null for nothing, and for nothing more.
    static @Nullable String filled(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /// What a text of the input comes to.
    static @Nullable String after(@Nullable String given, @Nullable String before, Function<String, String> made) {
        if (given == null) {
            return before;
        }
        return given.isEmpty() ? null : made.apply(given);
    }
}
