package entrepot.operation.template;

import static entrepot.operation.World.ID;
import static entrepot.operation.World.error;
import static entrepot.operation.World.isTaken;
import static entrepot.operation.World.refusal;
import static entrepot.operation.template.Templates.LIFECYCLE;
import static entrepot.operation.template.Templates.POLICY;
import static entrepot.operation.template.Templates.ROLE;
import static entrepot.operation.template.Templates.encrypted;
import static entrepot.operation.template.Templates.filters;
import static entrepot.operation.template.Templates.mutable;
import static entrepot.operation.template.Templates.onPush;
import static entrepot.operation.template.Templates.plain;
import static entrepot.operation.template.Templates.tagged;
import static entrepot.operation.template.Templates.texts;
import static entrepot.operation.template.Templates.with;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Arn;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.EveryApiError;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability.Mode;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.World;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CreateRepositoryCreationTemplate, DescribeRepositoryCreationTemplates, UpdateRepositoryCreationTemplate and
/// DeleteRepositoryCreationTemplate.
class CreationTemplatesTest {

    private static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/0b7bdb37-0f79-4ae9-9e5c-7c8a1f6b8f00";
    private static final String INVALID =
            "InvalidParameterException: Invalid parameter at '%s' failed to satisfy constraint: '%s'";

    @AutoClose
    private final World world = World.withApp();

    private final Templates templates = new Templates(world);

    @Test
    void a_template_is_answered_with_ecrs_defaults() {
        var now = world.clock.instant();

        assertThat(templates.create(onPush("team")))
                .isEqualTo(new TemplateView(
                        new TemplatePrefix("team"),
                        null,
                        new EncryptionConfiguration("AES256", null),
                        null,
                        Mode.MUTABLE,
                        null,
                        null,
                        null,
                        List.of(Occasion.CREATE_ON_PUSH),
                        null,
                        now,
                        now));
    }

    @Test
    void every_setting_is_kept_and_the_policy_laid_out_as_a_repositorys() {
        var made = templates.create(full("team"));

        assertThat(made.description()).isEqualTo("ours");
        assertThat(made.encryptionConfiguration()).isEqualTo(new EncryptionConfiguration("KMS", KEY));
        assertThat(made.resourceTags()).containsExactly(new ResourceTag("a", "1"), new ResourceTag("b", ""));
        assertThat(made.imageTagMutability()).isEqualTo(Mode.MUTABLE_WITH_EXCLUSION);
        assertThat(made.imageTagMutabilityExclusionFilters()).isEqualTo(filters("v*", "r*"));
        assertThat(made.repositoryPolicy()).startsWith("{\n  \"Version\" : \"2012-10-17\",\n  \"Statement\" : [ {");
        assertThat(made.lifecyclePolicy()).isEqualTo(LIFECYCLE);
        assertThat(made.appliedFor()).containsExactly(Occasion.REPLICATION, Occasion.CREATE_ON_PUSH);
        assertThat(made.customRoleArn()).isEqualTo(ROLE);
        assertThat(templates.named("team")).containsExactly(made);
    }

    private static TemplateInput full(String prefix) {
        var input = mutable(plain(prefix), Mode.MUTABLE_WITH_EXCLUSION, filters("v*", "r*"));
        input = with(input, Occasion.REPLICATION, Occasion.CREATE_ON_PUSH, Occasion.REPLICATION);
        input = tagged(input, new ResourceTag("a", "1"), new ResourceTag("b", ""));
        return texts(encrypted(input, "KMS", KEY), "ours", POLICY, LIFECYCLE, ROLE.value());
    }

    @Test
    void a_closing_slash_says_nothing() {
        templates.create(onPush("team/"));

        assertThat(templates.named("team", "team/"))
                .hasSize(1)
                .allMatch(one -> one.prefix().value().equals("team"));
        assertThat(refusal(() -> templates.create(onPush("team")))).startsWith("TemplateAlreadyExistsException: ");
    }

    @Test
    void a_prefix_is_taken_once() {
        templates.create(onPush("ROOT"));

        assertThat(refusal(() -> templates.create(onPush("ROOT"))))
                .isEqualTo("TemplateAlreadyExistsException: The repository creation template with prefix 'ROOT' already"
                        + " exists in the registry with id '123456789012'");
    }

    @Test
    void an_absent_one_is_told_whatever_is_asked() {
        var told = "TemplateNotFoundException: The repository creation template with prefix 'no' does not exist in the"
                + " registry with id '123456789012'";
        templates.create(onPush("yes"));

        assertThat(refusal(() -> templates.named("yes", "no"))).isEqualTo(told);
        assertThat(refusal(() -> templates.update(plain("no")))).isEqualTo(told);
        assertThat(refusal(() -> templates.delete("no"))).isEqualTo(told);
    }

    @Test
    void it_is_for_something() {
        assertThat(refusal(() -> templates.create(with(plain("team")))))
                .isEqualTo(INVALID, "appliedFor", "Member must have length greater than or equal to 1");
        templates.create(onPush("team"));
        assertThat(refusal(() -> templates.update(with(plain("team")))))
                .isEqualTo(INVALID, "appliedFor", "Member must have length greater than or equal to 1");
        assertThat(templates.named("team").getFirst().appliedFor()).containsExactly(Occasion.CREATE_ON_PUSH);
    }

    @Test
    void encryption_is_held_to_what_a_repository_may_have() {
        assertThat(refusal(() -> templates.create(encrypted(onPush("a"), "AES256", KEY))))
                .isEqualTo(INVALID, "encryptionConfiguration", "kmsKey must not be given with encryptionType AES256");
        assertThat(refusal(() -> templates.create(encrypted(onPush("a"), "KMS_DSSE", null))))
                .isEqualTo(
                        INVALID,
                        "encryptionConfiguration",
                        "encryptionType KMS_DSSE is available in the regions us-gov-* alone");
        assertThat(templates.create(encrypted(onPush("a"), "KMS", "")).encryptionConfiguration())
                .isEqualTo(new EncryptionConfiguration("KMS", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role",
                "arn:aws:iam::123456789012:user/ann",
                "arn:aws:iam::123456789012:role/",
                "arn:aws:iam::1234:role/r",
                "arn:aws:sts::123456789012:role/r",
                "arn:aws:iam::123456789012:role/a b"
            })
    void what_is_no_roles_arn_is_refused(String role) {
        assertThat(refusal(() -> templates.create(texts(onPush("a"), null, null, null, role))))
                .isEqualTo(INVALID, "customRoleArn", "Invalid ARN");
    }

    @Test
    void a_role_is_of_the_registrys_account() {
        var role = "arn:aws:iam::999999999999:role/r";

        assertThat(refusal(() -> templates.create(texts(onPush("a"), null, null, null, role))))
                .isEqualTo(INVALID, "customRoleArn", "The role must be of the registry's account");
    }

    @Test
    void mutability_is_held_to_what_a_repository_may_have() {
        assertThat(refusal(() -> templates.create(mutable(onPush("a"), Mode.IMMUTABLE_WITH_EXCLUSION, null))))
                .contains("can't be null when imageTagMutability is set as IMMUTABLE_WITH_EXCLUSION");
        assertThat(refusal(() -> templates.create(mutable(onPush("a"), null, filters("a")))))
                .contains("should be null when imageTagMutability is set as MUTABLE");
        assertThat(refusal(
                        () -> templates.create(mutable(onPush("a"), Mode.IMMUTABLE_WITH_EXCLUSION, filters("a*b*c*")))))
                .contains("at most two wildcards");
    }

    @Test
    void tags_are_held_to_what_a_repository_may_have() {
        assertThat(refusal(() -> templates.create(tagged(onPush("a"), new ResourceTag("aws:x", "")))))
                .startsWith("InvalidTagParameterException: ");
        assertThat(refusal(() ->
                        templates.create(tagged(onPush("a"), new ResourceTag("x", ""), new ResourceTag("x", "")))))
                .startsWith("InvalidTagParameterException: ");
        var many = IntStream.range(0, 51)
                .mapToObj(i -> new ResourceTag("k" + i, ""))
                .toArray(ResourceTag[]::new);
        assertThat(refusal(() -> templates.create(tagged(onPush("a"), many)))).startsWith("TooManyTagsException: ");
    }

    @Test
    void policies_are_held_to_what_a_repository_may_have() {
        assertThat(refusal(() -> templates.create(texts(onPush("a"), null, "{}", null, null))))
                .isEqualTo(INVALID, "PolicyText", "Invalid repository policy provided");
        world.user(ID.account(), "ann");
        var nobody = POLICY.replace("\"*\"", "{\"AWS\":\"arn:aws:iam::123456789012:user/nobody\"}");
        assertThat(refusal(() -> templates.create(texts(onPush("a"), null, nobody, null, null))))
                .isEqualTo(INVALID, "PolicyText", "Principal not found");
        assertThat(refusal(() -> templates.create(texts(onPush("a"), null, null, "{\"rules\":1}", null))))
                .startsWith("InvalidParameterException: Invalid parameter at 'LifecyclePolicyText' failed to satisfy");
        assertThat(templates.describe(null, null, null).repositoryCreationTemplates())
                .isEmpty();
    }

    @Test
    void a_user_whom_the_policy_names_is_shown_as_called_by_now() {
        world.user(ID.account(), "ann");
        var policy = POLICY.replace("\"*\"", "{\"AWS\":\"arn:aws:iam::123456789012:user/ann\"}");
        templates.create(texts(onPush("a"), null, policy, null, null));
        world.metadata.transact(tx -> {
            var ann = tx.users()
                    .find(new Arn("arn:aws:iam::123456789012:user/ann"))
                    .orElseThrow();
            tx.users().delete(ann);
            return ann;
        });

        assertThat(templates.named("a").getFirst().repositoryPolicy())
                .contains("AIDA")
                .doesNotContain("user/ann");
    }

    @Test
    void what_an_update_does_not_say_stays_as_it_was() {
        var before = templates.create(full("team"));
        world.clock.move(Duration.ofHours(1));
        var now = world.clock.instant();

        var after = templates.update(texts(plain("team"), "theirs", null, null, null));

        assertThat(after)
                .isEqualTo(new TemplateView(
                        before.prefix(),
                        "theirs",
                        before.encryptionConfiguration(),
                        before.resourceTags(),
                        before.imageTagMutability(),
                        before.imageTagMutabilityExclusionFilters(),
                        before.repositoryPolicy(),
                        before.lifecyclePolicy(),
                        before.appliedFor(),
                        before.customRoleArn(),
                        before.createdAt(),
                        now));
        assertThat(templates.named("team")).containsExactly(after);
    }

    @Test
    void what_an_update_empties_is_gone() {
        templates.create(full("team"));

        templates.update(encrypted(tagged(texts(plain("team"), "", "", "", "")), "KMS", ""));

        var after = templates.named("team").getFirst();
        assertThat(after.description()).isNull();
        assertThat(after.repositoryPolicy()).isNull();
        assertThat(after.lifecyclePolicy()).isNull();
        assertThat(after.customRoleArn()).isNull();
        assertThat(after.resourceTags()).isNull();
        assertThat(after.encryptionConfiguration()).isEqualTo(new EncryptionConfiguration("KMS", null));
    }

    @Test
    void filters_go_with_the_mode_that_has_them() {
        templates.create(full("team"));

        assertThat(templates
                        .update(mutable(plain("team"), Mode.IMMUTABLE_WITH_EXCLUSION, null))
                        .imageTagMutabilityExclusionFilters())
                .isEqualTo(filters("v*", "r*"));
        assertThat(templates.update(mutable(plain("team"), null, filters("x"))).imageTagMutabilityExclusionFilters())
                .isEqualTo(filters("x"));
        assertThat(templates
                        .update(mutable(plain("team"), Mode.IMMUTABLE, null))
                        .imageTagMutabilityExclusionFilters())
                .isNull();
        assertThat(isTaken(() -> templates.update(mutable(plain("team"), Mode.MUTABLE_WITH_EXCLUSION, null))))
                .isFalse();
    }

    @Test
    void what_is_deleted_is_answered_as_it_was_and_gone() {
        var made = templates.create(full("team"));

        assertThat(templates.delete("team/")).isEqualTo(made);
        assertThat(refusal(() -> templates.named("team"))).startsWith("TemplateNotFoundException: ");
    }

    @Test
    void they_are_listed_in_the_order_of_prefixes_page_by_page() {
        List.of("b", "ROOT", "a/b").forEach(prefix -> templates.create(onPush(prefix)));

        var first = templates.describe(null, null, 2);
        var second = templates.describe(List.of(), first.nextToken(), null);

        assertThat(first.registryId()).isEqualTo(ID.account());
        assertThat(first.repositoryCreationTemplates())
                .extracting(one -> one.prefix().value())
                .containsExactly("ROOT", "a/b");
        assertThat(second.repositoryCreationTemplates())
                .extracting(one -> one.prefix().value())
                .containsExactly("b");
        assertThat(second.nextToken()).isNull();
        assertThat(refusal(() -> templates.describe(null, "nonsense", null))).contains("'Invalid token'");
        assertThat(refusal(() -> templates.describe(List.of(new TemplatePrefix("b")), null, 1)))
                .contains("'maxResults'");
    }

    @Test
    void no_answer_has_more_than_a_hundred() {
        IntStream.range(0, 101).forEach(i -> templates.create(onPush("p" + i)));
        var all = IntStream.range(0, 101)
                .mapToObj(i -> new TemplatePrefix("p" + i))
                .toList();

        assertThat(templates.describe(null, null, 1_000).repositoryCreationTemplates())
                .hasSize(100);
        assertThat(templates.describe(all.subList(1, 101), null, null).repositoryCreationTemplates())
                .hasSize(100);
        assertThat(refusal(() -> templates.describe(all, null, null)))
                .isEqualTo(INVALID, "prefixes", "Member must have length less than or equal to 100");
    }

    /// By the right to it that is lacking, in the refusal of who has all the others.
    @ParameterizedTest
    @CsvSource({
        "ecr:CreateRepositoryCreationTemplate, *",
        "ecr:SetRepositoryPolicy, arn:aws:ecr:eu-west-1:123456789012:repository/team/*",
        "ecr:PutLifecyclePolicy, arn:aws:ecr:eu-west-1:123456789012:repository/team/*",
        "ecr:TagResource, arn:aws:ecr:eu-west-1:123456789012:repository/team/*",
        "kms:DescribeKey, " + KEY,
        "kms:CreateGrant, " + KEY,
        "iam:PassRole, arn:aws:iam::123456789012:role/ecr/templates"
    })
    void nobody_gives_by_a_template_what_they_could_not_give(String action, String resource) {
        var ann = world.user(
                ID.account(),
                "ann",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},"
                        + "{\"Effect\":\"Deny\",\"Action\":\"%s\",\"Resource\":\"*\"}]}".formatted(action));

        assertThat(error(() -> templates.create(ann, full("team"))))
                .isInstanceOfSatisfying(EveryApiError.AccessDenied.class, denied -> {
                    assertThat(denied.action()).isEqualTo(action);
                    assertThat(denied.resource()).isEqualTo(resource);
                });
        assertThat(isTaken(() -> templates.create(ann, onPush("team"))))
                .isNotEqualTo(action.equals("ecr:CreateRepositoryCreationTemplate"));
    }
}
