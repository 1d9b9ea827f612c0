package entrepot.operation.template;

import static entrepot.operation.template.TemplateInput.after;
import static entrepot.operation.template.TemplateInput.filled;

import entrepot.auth.UnknownKeys;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.Arn;
import entrepot.domain.CreationTemplate;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.CreationTemplate.Settings;
import entrepot.domain.CreationTemplate.Wish;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.TagMutability;
import entrepot.lifecycle.LifecyclePolicy;
import entrepot.operation.PolicyText;
import entrepot.operation.repository.RepositoryView.ExclusionFilter;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What was said of a template, found well-formed. Each setting is held to what the operation asks that gives it to one
/// repository.
///
/// @param policy null where none is given
record GivenTemplate(TemplateInput input, @Nullable PolicyText policy) {

    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):role/[\\w+=,.@/-]+");

    /// Fails in ECR's words with what no repository, or no template, could have.
    static GivenTemplate check(RegistryId registry, TemplateInput input) {
        var encryption = input.encryptionConfiguration();
        if (encryption != null) {
            encryption.check(registry);
        }
        var lifecycle = filled(input.lifecyclePolicy());
        if (lifecycle != null) {
            LifecyclePolicy.parse(lifecycle);
        }
        checkRole(registry, input.namedRole());
        var policy = filled(input.repositoryPolicy());
        return new GivenTemplate(input, policy == null ? null : PolicyText.parse(policy, PolicyKind.REPOSITORY));
    }

    private static void checkRole(RegistryId registry, @Nullable Arn role) {
        if (role == null) {
            return;
        }
        var form = ROLE.matcher(role.value());
        if (!form.matches()) {
            throw invalid("customRoleArn", "Invalid ARN");
        }
        if (!form.group(1).equals(registry.account().value())) {
            throw invalid("customRoleArn", "The role must be of the registry's account");
        }
    }

    /// The template as it is afterwards.
    CreationTemplate over(CreationTemplate before, Transaction tx, RegistryId registry, Instant now) {
        return new CreationTemplate(
                before.prefix(),
                after(input.description(), before.description(), Function.identity()),
                settings(before.settings(), tx, registry),
                occasions(before.appliedFor()),
                input.customRoleArn() == null ? before.customRole() : input.namedRole(),
                before.createdAt(),
                now);
    }

    private Settings settings(Settings before, Transaction tx, RegistryId registry) {
        return new Settings(
                encryption(before.encryption()),
                input.resourceTags() == null ? before.tags() : input.resourceTags(),
                mutability(before.tagMutability()),
                after(
                        input.repositoryPolicy(),
                        before.repositoryPolicy(),
                        _ -> Objects.requireNonNull(policy).bound(tx, registry.partition())),
                after(input.lifecyclePolicy(), before.lifecyclePolicy(), Function.identity()));
    }

    private Wish encryption(Wish before) {
        var given = input.encryptionConfiguration();
        var key = input.namedKey();
        return given == null ? before : Wish.of(given.encryptionType(), key == null ? null : new Arn(key));
    }

    /// Filters that are there go on with a mode that has some.
    private TagMutability mutability(TagMutability before) {
        var mode = input.imageTagMutability() == null ? before.mode() : input.imageTagMutability();
        var filters = input.imageTagMutabilityExclusionFilters();
        return filters == null && mode.hasExclusions()
                ? new TagMutability(mode, before.exclusions())
                : ExclusionFilter.mutability(mode, filters);
    }

    private List<Occasion> occasions(List<Occasion> before) {
        var occasions = input.appliedFor() == null
                ? before
                : input.appliedFor().stream().distinct().toList();
        if (occasions.isEmpty()) {
            throw invalid("appliedFor", "Member must have length greater than or equal to 1");
        }
        return occasions;
    }

    /// To be called when it has been stored.
    void tellUnknownKeys() {
        if (policy != null) {
            UnknownKeys.tell("creation template " + input.prefix(), policy.document());
        }
    }

    private static RegistryException invalid(String parameter, String constraint) {
        return new RegistryException(new JsonAloneError.InvalidParameter(parameter, constraint));
    }
}
