package entrepot.operation.secret;

import static entrepot.operation.World.ID;
import static entrepot.operation.World.refusal;
import static entrepot.operation.secret.SecretWorld.named;
import static entrepot.operation.secret.SecretWorld.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.domain.RegistryId;
import entrepot.domain.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The values of secrets, and how labels go from one version to another.
class SecretValuesTest {

    @AutoClose
    private final SecretWorld secrets = SecretWorld.create();

    private Map<String, List<String>> stages() {
        return secrets.describe("app").versionIdsToStages();
    }

    @Test
    void a_secret_is_read_by_its_name_its_arn_and_an_arn_without_the_random_characters() {
        var arn = secrets.create("team/app", "hidden");

        assertThat(arn).matches("arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/app-[A-Za-z0-9]{6}");
        for (var id : List.of("team/app", arn, arn.substring(0, arn.length() - 7))) {
            assertThat(secrets.value(id)).as(id).isEqualTo("hidden");
        }
        assertThat(refusal(() -> secrets.value(arn.substring(0, arn.length() - 1) + "-")))
                .isEqualTo("ResourceNotFoundException: Secrets Manager can't find the specified secret.");
    }

    @Test
    void bytes_are_answered_as_bytes() {
        var bytes = new byte[] {0, (byte) 0xff, 7};
        secrets.call(
                CreateSecret.class,
                new CreateSecret.Input(
                        "raw", token("1"), null, null, new Content.Bytes(bytes), null, null, null, null, null, null));

        var output = secrets.call(GetSecretValue.class, new GetSecretValue.Input("raw", null, null));

        assertThat(output.secretBinary()).isEqualTo(bytes);
        assertThat(output.secretString()).isNull();
    }

    @Test
    void a_new_value_is_the_current_one_and_the_one_before_the_previous() {
        secrets.create("app", "one");
        secrets.put("app", "2", "two");
        secrets.put("app", "3", "three");

        assertThat(stages()).isEqualTo(Map.of(token("3"), List.of("AWSCURRENT"), token("2"), List.of("AWSPREVIOUS")));
        assertThat(secrets.value("app")).isEqualTo("three");
        assertThat(secrets.value("app", null, "AWSPREVIOUS")).isEqualTo("two");
        assertThat(secrets.value("app", token("1"), null)).isEqualTo("one");
    }

    @Test
    void a_value_with_other_labels_leaves_the_current_one() {
        secrets.create("app", "one");
        var put = secrets.put("app", "2", "two", "AWSPENDING");

        assertThat(put.versionStages()).containsExactly("AWSPENDING");
        assertThat(secrets.value("app")).isEqualTo("one");
        assertThat(secrets.value("app", null, "AWSPENDING")).isEqualTo("two");

        secrets.put("app", "3", "three", "AWSPENDING", "mine");
        assertThat(stages())
                .isEqualTo(Map.of(token("1"), List.of("AWSCURRENT"), token("3"), List.of("AWSPENDING", "mine")));
    }

    @Test
    void the_first_value_of_a_secret_is_current_whatever_it_is_called() {
        secrets.create("app", null);
        assertThat(refusal(() -> secrets.value("app")))
                .isEqualTo("ResourceNotFoundException: Secrets Manager can't find the specified secret value for"
                        + " staging label: AWSCURRENT");

        assertThat(secrets.put("app", "2", "two", "AWSPENDING").versionStages())
                .containsExactly("AWSCURRENT", "AWSPENDING");
    }

    @Test
    void a_token_again_with_the_same_value_changes_nothing_and_with_another_is_refused() {
        var arn = secrets.create("app", "one");
        secrets.put("app", "2", "two");

        assertThat(secrets.put("app", "1", "one").versionStages()).containsExactly("AWSPREVIOUS");
        assertThat(secrets.value("app")).isEqualTo("two");
        assertThat(secrets.call(CreateSecret.class, named("app", token("2"), "two"))
                        .arn())
                .isEqualTo(arn);
        var inUse = "ResourceExistsException: You can't use ClientRequestToken %s because that value is already in use"
                + " for a version of secret %s.";
        assertThat(refusal(() -> secrets.put("app", "1", "other"))).isEqualTo(inUse.formatted(token("1"), arn));
        assertThat(refusal(() -> secrets.call(CreateSecret.class, named("app", token("2"), "other"))))
                .isEqualTo(inUse.formatted(token("2"), arn));
        assertThat(refusal(() -> secrets.call(CreateSecret.class, named("app", token("3"), "two"))))
                .isEqualTo("ResourceExistsException: The operation failed because the secret app already exists.");
    }

    @Test
    void version_and_label_must_be_of_one_version() {
        secrets.create("app", "one");
        secrets.put("app", "2", "two");

        assertThat(secrets.value("app", token("2"), "AWSCURRENT")).isEqualTo("two");
        assertThat(refusal(() -> secrets.value("app", token("1"), "AWSCURRENT")))
                .isEqualTo("InvalidRequestException: You provided a VersionStage that is not associated to the provided"
                        + " VersionId.");
        assertThat(refusal(() -> secrets.value("app", token("9"), null)))
                .isEqualTo("ResourceNotFoundException: Secrets Manager can't find the specified secret value for"
                        + " VersionId: " + token("9"));
    }

    @Test
    void a_value_is_a_text_or_bytes_and_of_at_most_64_kib() {
        var both = new PutSecretValue.Input("app", token("2"), Content.Bytes.EMPTY, "two", null, null);
        var none = new PutSecretValue.Input("app", token("2"), null, null, null, null);
        var unnamed = new PutSecretValue.Input("app", null, null, "two", null, null);
        secrets.create("app", "x".repeat(65_536));

        assertThat(refusal(() -> secrets.call(PutSecretValue.class, both)))
                .startsWith("InvalidParameterException: You can't specify both a binary secret value and a string");
        assertThat(refusal(() -> secrets.call(PutSecretValue.class, none)))
                .isEqualTo("InvalidRequestException: You must provide either SecretString or SecretBinary.");
        assertThat(refusal(() -> secrets.call(PutSecretValue.class, unnamed)))
                .startsWith("InvalidRequestException: You must provide a ClientRequestToken value.");
        assertThat(refusal(() -> secrets.put("app", "2", "é".repeat(32_769))))
                .isEqualTo("ValidationException: The secret value is longer than 65536 bytes.");
    }

    @Test
    void a_secret_keeps_a_hundred_versions_of_which_old_ones_without_a_label_go() {
        secrets.create("app", "first");
        for (int i = 2; i <= 100; i++) {
            secrets.put("app", String.valueOf(i), "value");
        }
        assertThat(refusal(() -> secrets.put("app", "101", "value")))
                .isEqualTo("LimitExceededException: A secret can have at most 100 versions.");

        secrets.world().clock.move(Duration.ofHours(25));
        secrets.put("app", "101", "newest");

        var ids = secrets.call(ListSecretVersionIds.class, new ListSecretVersionIds.Input("app", null, null, true))
                .versions();
        assertThat(ids).hasSize(100);
        assertThat(stages())
                .isEqualTo(Map.of(token("101"), List.of("AWSCURRENT"), token("100"), List.of("AWSPREVIOUS")));
    }

    @Test
    void the_day_of_the_last_reading_is_noted_by_the_day() {
        secrets.create("app", "one");
        assertThat(secrets.describe("app").lastAccessedDate()).isNull();

        secrets.value("app");

        assertThat(secrets.describe("app").lastAccessedDate()).isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
    }

    @Test
    void what_is_read_within_the_registry_is_of_that_registry_and_current() {
        var arn = secrets.create("app", "one");
        var current = new CurrentSecrets(secrets.world().metadata);
        secrets.put("app", "2", "two");
        secrets.create("empty", null);

        assertThat(current.value(ID, "app").map(SecretValue::text)).contains("two");
        assertThat(current.value(ID, arn).map(SecretValue::text)).contains("two");
        assertThat(current.value(new RegistryId(ID.account(), "us-east-1"), "app"))
                .isEmpty();
        assertThat(current.value(new RegistryId(ID.account(), "us-east-1"), arn))
                .isEmpty();
        assertThat(current.value(ID, "none")).isEmpty();
        assertThat(current.value(ID, "empty")).isEmpty();
        assertThat(current.value(ID, "no name")).isEmpty();
        secrets.delete("app", null);
        assertThat(current.value(ID, arn)).isEmpty();
    }

    @Test
    void nothing_that_a_log_might_hold_has_the_value() {
        var content = new Content.Bytes("hidden".getBytes(UTF_8));
        secrets.create("app", "hidden");
        var shown = List.of(
                named("app", null, "hidden"),
                new PutSecretValue.Input("app", null, content, "hidden", null, null),
                new UpdateSecret.Input("app", null, null, null, content, "hidden", null),
                secrets.call(GetSecretValue.class, new GetSecretValue.Input("app", null, null)),
                SecretValue.of("hidden"));

        assertThat(shown).allSatisfy(each -> assertThat(each.toString()).doesNotContain("hidden"));
        assertThat(secrets.world().audit.toString()).contains("GetSecretValue").doesNotContain("hidden");
    }
}
