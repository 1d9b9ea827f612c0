package entrepot.operation.template;

import entrepot.auth.Caller;
import entrepot.domain.Arn;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.World;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import entrepot.operation.repository.RepositoryView.ExclusionFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operations on templates, and what to ask them, said one thing at a time.
public record Templates(World world) {

    public static final Arn ROLE = new Arn("arn:aws:iam::123456789012:role/ecr/templates");

    public static final String LIFECYCLE = "{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"any\","
            + "\"countType\":\"imageCountMoreThan\",\"countNumber\":9},\"action\":{\"type\":\"expire\"}}]}";

    public static final String POLICY = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":\"*\",\"Action\":\"ecr:BatchGetImage\"}]}";

    /// One that says nothing but its prefix.
    public static TemplateInput plain(String prefix) {
        return new TemplateInput(new TemplatePrefix(prefix), null, null, null, null, null, null, null, null, null);
    }

    /// One for repositories that a push makes.
    public static TemplateInput onPush(String prefix) {
        return with(plain(prefix), Occasion.CREATE_ON_PUSH);
    }

    public static TemplateInput with(TemplateInput i, Occasion... occasions) {
        return new TemplateInput(
                i.prefix(),
                i.description(),
                i.encryptionConfiguration(),
                i.resourceTags(),
                i.imageTagMutability(),
                i.imageTagMutabilityExclusionFilters(),
                i.repositoryPolicy(),
                i.lifecyclePolicy(),
                List.of(occasions),
                i.customRoleArn());
    }

    public static TemplateInput encrypted(TemplateInput i, String type, @Nullable String key) {
        return new TemplateInput(
                i.prefix(),
                i.description(),
                new EncryptionConfiguration(type, key),
                i.resourceTags(),
                i.imageTagMutability(),
                i.imageTagMutabilityExclusionFilters(),
                i.repositoryPolicy(),
                i.lifecyclePolicy(),
                i.appliedFor(),
                i.customRoleArn());
    }

    public static TemplateInput tagged(TemplateInput i, ResourceTag... tags) {
        return new TemplateInput(
                i.prefix(),
                i.description(),
                i.encryptionConfiguration(),
                List.of(tags),
                i.imageTagMutability(),
                i.imageTagMutabilityExclusionFilters(),
                i.repositoryPolicy(),
                i.lifecyclePolicy(),
                i.appliedFor(),
                i.customRoleArn());
    }

    public static TemplateInput mutable(
            TemplateInput i, TagMutability.@Nullable Mode mode, @Nullable List<ExclusionFilter> filters) {
        return new TemplateInput(
                i.prefix(),
                i.description(),
                i.encryptionConfiguration(),
                i.resourceTags(),
                mode,
                filters,
                i.repositoryPolicy(),
                i.lifecyclePolicy(),
                i.appliedFor(),
                i.customRoleArn());
    }

    /// Its texts.
    ///
    /// @param texts description, repository policy, lifecycle policy, role; null for none
    public static TemplateInput texts(TemplateInput i, @Nullable String... texts) {
        var role = texts[3];
        return new TemplateInput(
                i.prefix(),
                texts[0],
                i.encryptionConfiguration(),
                i.resourceTags(),
                i.imageTagMutability(),
                i.imageTagMutabilityExclusionFilters(),
                texts[1],
                texts[2],
                i.appliedFor(),
                role == null ? null : new Arn(role));
    }

    public static TemplateInput withRole(TemplateInput input) {
        return texts(input, null, null, null, ROLE.value());
    }

    public static List<ExclusionFilter> filters(String... patterns) {
        return List.of(patterns).stream()
                .map(pattern -> new ExclusionFilter("WILDCARD", pattern))
                .toList();
    }

    public TemplateView create(TemplateInput input) {
        return create(world.root, input);
    }

    public TemplateView create(Caller caller, TemplateInput input) {
        return world.call(caller, world.the(CreateRepositoryCreationTemplate.class), input)
                .repositoryCreationTemplate();
    }

    public TemplateView update(TemplateInput input) {
        return world.call(world.the(UpdateRepositoryCreationTemplate.class), input)
                .repositoryCreationTemplate();
    }

    public TemplateView delete(String prefix) {
        return world.call(
                        world.the(DeleteRepositoryCreationTemplate.class),
                        new DeleteRepositoryCreationTemplate.Input(new TemplatePrefix(prefix)))
                .repositoryCreationTemplate();
    }

    public List<TemplateView> named(String... prefixes) {
        var named = List.of(prefixes).stream().map(TemplatePrefix::new).toList();
        return describe(named, null, null).repositoryCreationTemplates();
    }

    public DescribeRepositoryCreationTemplates.Output describe(
            @Nullable List<TemplatePrefix> prefixes, @Nullable String token, @Nullable Integer size) {
        return world.call(
                world.the(DescribeRepositoryCreationTemplates.class),
                new DescribeRepositoryCreationTemplates.Input(prefixes, token, size));
    }
}
