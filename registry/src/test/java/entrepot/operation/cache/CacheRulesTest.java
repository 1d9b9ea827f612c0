package entrepot.operation.cache;

import static entrepot.operation.World.refusal;
import static entrepot.operation.cache.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.CacheRule;
import entrepot.domain.RepositoryName;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.World;
import entrepot.operation.secret.CreateSecret;
import entrepot.operation.secret.CurrentSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CreatePullThroughCacheRule, DescribePullThroughCacheRules, UpdatePullThroughCacheRule, DeletePullThroughCacheRule
/// and
/// ValidatePullThroughCacheRule.
class CacheRulesTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/cache";

    @AutoClose
    private final World world = World.withApp();

    private final Rules rules = new Rules(world);

    @BeforeEach
    void keep_secrets() {
        secret("hub");
        secret("hub2");
    }

    private void secret(String name) {
        var value = "{\"username\":\"u\",\"accessToken\":\"t\"}";
        world.call(
                world.the(CreateSecret.class),
                new CreateSecret.Input(
                        "ecr-pullthroughcache/" + name,
                        "t".repeat(32),
                        null,
                        null,
                        null,
                        value,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private String arn(String name) {
        return new CurrentSecrets(world.metadata)
                .arn(World.ID, "ecr-pullthroughcache/" + name)
                .orElseThrow()
                .toString();
    }

    @Test
    void a_rule_is_answered_and_shown_with_what_ecr_calls_its_upstream() {
        var now = world.clock.instant();
        var made = rules.create(rule("hub", "registry-1.docker.io", "team", arn("hub"), ROLE));

        assertThat(made.upstreamRegistry()).isEqualTo("docker-hub");
        assertThat(made.registryId()).isEqualTo(World.ID.account());
        assertThat(made.createdAt()).isEqualTo(now);
        var shown = rules.named("hub").getFirst();
        assertThat(shown.upstreamRegistryUrl()).isEqualTo("registry-1.docker.io");
        assertThat(shown.upstreamRepositoryPrefix()).hasToString("team");
        assertThat(shown.credentialArn()).hasToString(arn("hub"));
        assertThat(shown.customRoleArn()).hasToString(ROLE);
        assertThat(shown.upstreamRegistry()).isEqualTo("docker-hub");
        assertThat(shown.updatedAt()).isEqualTo(now);
    }

    @Test
    void a_prefix_there_is_shown_as_it_was_said_and_not_where_it_was_not() {
        assertThat(rules.create(rule("quay/", "quay.io")).upstreamRepositoryPrefix())
                .isNull();
        assertThat(rules.create(rule("all", "quay.io", "ROOT", null, null)).upstreamRepositoryPrefix())
                .hasToString("ROOT");
        assertThat(rules.named("quay").getFirst().ecrRepositoryPrefix()).hasToString("quay");
    }

    @ParameterizedTest
    @CsvSource({
        "public.ecr.aws, ecr-public",
        "registry.k8s.io, k8s",
        "quay.io, quay",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com, ecr"
    })
    void ecr_knows_upstreams_that_want_no_login(String url, String name) {
        assertThat(rules.create(rule("any", url)).upstreamRegistry()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry-1.docker.io", "ghcr.io", "mine.azurecr.io", "registry.gitlab.com", "cgr.dev"})
    void and_those_that_want_one(String url) {
        assertThat(refusal(() -> rules.create(rule("any", url))))
                .startsWith("UnsupportedUpstreamRegistryException: The specified upstream registry requires"
                        + " authentication. Specify a valid Secrets Manager ARN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "harbor.example.com",
                "https://quay.io",
                "quay.io/",
                "QUAY.IO",
                "a.b.azurecr.io",
                "",
                "127.0.0.1:5000"
            })
    void no_other_is_taken(String url) {
        assertThat(refusal(() -> rules.create(rule("any", url))))
                .isEqualTo(("UnsupportedUpstreamRegistryException: The upstream registry URL %s is invalid. Specify a"
                                + " valid upstream registry URL and try again")
                        .formatted(url));
    }

    @Test
    void a_prefix_is_taken_once() {
        rules.create(rule("hub", "quay.io"));

        assertThat(refusal(() -> rules.create(rule("hub/", "public.ecr.aws"))))
                .startsWith("PullThroughCacheRuleAlreadyExistsException: ");
    }

    @Test
    void a_registry_has_fifty_rules() {
        IntStream.range(0, 50).forEach(i -> rules.create(rule("p" + i, "quay.io")));

        assertThat(refusal(() -> rules.create(rule("more", "quay.io")))).startsWith("LimitExceededException: ");
        rules.delete("p7");
        rules.create(rule("more", "quay.io"));
    }

    @Test
    void all_of_a_registry_is_filled_from_all_of_another() {
        assertThat(refusal(() -> rules.create(rule("ROOT", "quay.io", "team", null, null))))
                .startsWith("InvalidParameterException: Invalid parameter at 'upstreamRepositoryPrefix'");
        rules.create(rule("ROOT", "quay.io", "ROOT", null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf",
                "arn:aws:secretsmanager:eu-west-1:999999999999:secret:ecr-pullthroughcache/hub-AbCdEf"
            })
    void a_secret_of_another_account_or_region_is_none(String secret) {
        rules.create(rule("quay", "quay.io"));

        assertThat(refusal(() -> rules.create(rule("hub", "registry-1.docker.io", null, secret, null))))
                .startsWith(
                        "SecretNotFoundException: The ARN of the secret specified in the pull through cache rule was"
                                + " not found");
        assertThat(refusal(() -> rules.update("quay", secret, null))).startsWith("SecretNotFoundException: ");
    }

    @Test
    void an_update_changes_credentials_and_nothing_else() {
        rules.create(rule("hub", "registry-1.docker.io", "team", arn("hub"), ROLE));
        world.clock.move(Duration.ofMinutes(1));
        var other = arn("hub2");

        var updated = rules.update("hub", other, null);

        assertThat(updated.credentialArn()).hasToString(other);
        assertThat(updated.customRoleArn()).hasToString(ROLE);
        assertThat(updated.upstreamRepositoryPrefix()).hasToString("team");
        assertThat(updated.updatedAt()).isEqualTo(world.clock.instant());
        var shown = rules.named("hub").getFirst();
        assertThat(shown.createdAt()).isEqualTo(world.clock.instant().minusSeconds(60));
        assertThat(shown.credentialArn()).hasToString(other);
    }

    @Test
    void a_role_is_a_roles_arn() {
        assertThat(refusal(() -> rules.create(rule("a1", "quay.io", null, null, "arn:aws:iam::123456789012:user/a"))))
                .startsWith("InvalidParameterException: Invalid parameter at 'customRoleArn'");
    }

    @Test
    void what_is_not_there_is_neither_shown_nor_changed() {
        var refused = "PullThroughCacheRuleNotFoundException: ";

        assertThat(refusal(() -> rules.named("hub"))).startsWith(refused);
        assertThat(refusal(() -> rules.update("hub", arn("hub"), null))).startsWith(refused);
        assertThat(refusal(() -> rules.delete("hub"))).startsWith(refused);
        assertThat(refusal(() -> rules.validate("hub"))).startsWith(refused);
    }

    @Test
    void a_deleted_rule_is_answered_as_it_was() {
        rules.create(rule("hub", "registry-1.docker.io", "team", arn("hub"), null));
        var deleted = rules.delete("hub");

        assertThat(deleted.upstreamRegistryUrl()).isEqualTo("registry-1.docker.io");
        assertThat(deleted.credentialArn()).hasToString(arn("hub"));
        assertThat(rules.describe(null, null, null).pullThroughCacheRules()).isEmpty();
    }

    @Test
    void rules_come_page_by_page_in_the_order_of_prefixes() {
        List.of("c1", "a1", "b1").forEach(prefix -> rules.create(rule(prefix, "quay.io")));
        var first = rules.describe(null, null, 2);
        var second = rules.describe(null, first.nextToken(), 2);

        assertThat(first.pullThroughCacheRules())
                .extracting(view -> view.ecrRepositoryPrefix().value())
                .containsExactly("a1", "b1");
        assertThat(second.pullThroughCacheRules())
                .extracting(view -> view.ecrRepositoryPrefix().value())
                .containsExactly("c1");
        assertThat(second.nextToken()).isNull();
        assertThat(refusal(() -> rules.describe(List.of(new TemplatePrefix("a1")), null, 2)))
                .startsWith("InvalidParameterException: Invalid parameter at 'maxResults'");
    }

    @Test
    void whoever_names_a_secret_may_read_it() {
        var user = world.user(new AccountId("123456789012"), "ann", allow("ecr:CreatePullThroughCacheRule"));

        assertThat(refusal(() -> rules.create(user, rule("a2", "quay.io", null, arn("hub"), null))))
                .contains("is not authorized to perform: secretsmanager:GetSecretValue");
    }

    @Test
    void whoever_names_a_role_may_pass_it() {
        var user = world.user(new AccountId("123456789012"), "ann", allow("ecr:CreatePullThroughCacheRule"));

        rules.create(user, rule("a1", "quay.io"));
        assertThat(refusal(() -> rules.create(user, rule("a2", "quay.io", null, null, ROLE))))
                .contains("is not authorized to perform: iam:PassRole");
    }

    /// Source: ECR user guide, "Customizing repository prefixes for ECR to ECR pull through cache".
    @ParameterizedTest
    @CsvSource({
        "ecr-public, ROOT, ecr-public/my-app/image1, my-app/image1",
        "ROOT, ROOT, my-app/image1, my-app/image1",
        "team-a, team-a, team-a/myapp/image1, team-a/myapp/image1",
        "my-app, upstream-app, my-app/image1, upstream-app/image1",
        "hub, , hub/library/nginx, library/nginx"
    })
    void a_repository_has_its_name_at_the_upstream(
            String prefix, @Nullable String upstream, String name, String there) {
        var rule = new CacheRule(
                new TemplatePrefix(prefix),
                "h",
                upstream == null ? null : new TemplatePrefix(upstream),
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH);

        assertThat(rule.upstreamName(new RepositoryName(name))).isEqualTo(there);
    }

    private static String allow(String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"*\"}]}"
                .formatted(action);
    }
}
