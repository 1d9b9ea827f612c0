package entrepot.operation.secret;

import static entrepot.operation.World.refusal;
import static entrepot.operation.secret.SecretWorld.named;
import static entrepot.operation.secret.SecretWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How secrets come to be, what is said of them, how they are listed and go.
class SecretLifecycleTest {

    private static final String MARKED =
            "InvalidRequestException: You can't perform this operation on the secret because it was marked for"
                    + " deletion.";
    private static final String ABSENT = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";

    @AutoClose
    private final SecretWorld secrets = SecretWorld.create();

    private static CreateSecret.Input with(@Nullable String key, List<SecretTag> tags, @Nullable String type) {
        return new CreateSecret.Input("app", token("1"), "ours", key, null, "text", tags, null, null, type, null);
    }

    private List<String> listed(ListSecrets.Input input) {
        return secrets.call(ListSecrets.class, input).secretList().stream()
                .map(ListSecrets.Entry::name)
                .toList();
    }

    private List<String> listed(String key, String... values) {
        return listed(
                new ListSecrets.Input(null, null, null, List.of(new SecretFilter(key, List.of(values))), null, null));
    }

    @Test
    void a_secret_says_what_was_said_of_it() {
        secrets.call(CreateSecret.class, with(null, List.of(new SecretTag("k", "v")), null));

        var shown = secrets.describe("app");

        assertThat(shown.description()).isEqualTo("ours");
        assertThat(shown.tags()).containsExactly(new SecretTag("k", "v"));
        assertThat(shown.createdDate()).isEqualTo(Instant.parse("2026-05-01T12:00:00Z"));
        assertThat(shown.deletedDate()).isNull();
    }

    @Test
    void another_key_and_what_is_not_done_here_are_refused() {
        assertThat(secrets.call(CreateSecret.class, with("alias/aws/secretsmanager", List.of(), ""))
                        .versionId())
                .isEqualTo(token("1"));
        assertThat(refusal(() -> secrets.call(CreateSecret.class, with("alias/mine", List.of(), null))))
                .startsWith(
                        "InvalidParameterException: A KmsKeyId other than alias/aws/secretsmanager is not supported");
        assertThat(refusal(() -> secrets.call(CreateSecret.class, with(null, List.of(), "partner"))))
                .isEqualTo("InvalidParameterException: Type is not supported here.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a:b", "é", "a\u0000", "arn:aws:s3:::x"})
    void a_name_has_letters_digits_and_a_few_marks(String name) {
        assertThat(refusal(() -> secrets.create(name, "text")))
                .startsWith("ValidationException: Invalid name. Must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:app-AAAAAA",
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AAAAAA",
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a"
            })
    void what_is_not_there_is_said_to_be_absent(String id) {
        secrets.create("app", "text");

        assertThat(refusal(() -> secrets.value(id))).isEqualTo(ABSENT);
    }

    @Test
    void what_is_updated_is_what_is_said() {
        secrets.create("app", "one");
        secrets.call(UpdateSecret.class, new UpdateSecret.Input("app", null, "new words", null, null, null, null));
        assertThat(secrets.value("app")).isEqualTo("one");
        var updated = secrets.call(
                UpdateSecret.class, new UpdateSecret.Input("app", token("2"), null, null, null, "two", null));

        assertThat(updated.versionId()).isEqualTo(token("2"));
        assertThat(secrets.value("app")).isEqualTo("two");
        assertThat(secrets.describe("app").description()).isEqualTo("new words");
    }

    @Test
    void a_secret_to_be_deleted_is_not_read_until_it_is_restored() {
        secrets.create("app", "one");
        var deleted = secrets.call(DeleteSecret.class, new DeleteSecret.Input("app", 7L, null));

        assertThat(deleted.deletionDate()).isEqualTo(Instant.parse("2026-05-08T12:00:00Z"));
        assertThat(secrets.describe("app").deletedDate()).isEqualTo(Instant.parse("2026-05-01T12:00:00Z"));
        assertThat(refusal(() -> secrets.value("app"))).isEqualTo(MARKED);
        assertThat(refusal(() -> secrets.put("app", "2", "two"))).isEqualTo(MARKED);
        assertThat(refusal(() -> secrets.call(DeleteResourcePolicy.class, new DeleteResourcePolicy.Input("app", null))))
                .isEqualTo(MARKED);
        assertThat(refusal(() -> secrets.delete("app", null)))
                .isEqualTo("InvalidRequestException: You can't perform this operation on the secret because it was"
                        + " already scheduled for deletion.");
        assertThat(refusal(() -> secrets.create("app", "two")))
                .isEqualTo("InvalidRequestException: You can't create this secret because a secret with this name is"
                        + " already scheduled for deletion.");
        assertThat(listed(new ListSecrets.Input(null, null, null, null, null, null)))
                .isEmpty();
        assertThat(listed(new ListSecrets.Input(true, null, null, null, null, null)))
                .containsExactly("app");

        secrets.call(RestoreSecret.class, new RestoreSecret.Input("app"));
        assertThat(secrets.value("app")).isEqualTo("one");
    }

    @Test
    void a_forced_deletion_is_at_once_and_of_what_is_not_there_too() {
        var arn = secrets.create("app", "one");
        secrets.delete("app", null);

        assertThat(secrets.call(DeleteSecret.class, new DeleteSecret.Input("app", null, true))
                        .arn())
                .isEqualTo(arn);
        assertThat(refusal(() -> secrets.describe(arn))).isEqualTo(ABSENT);
        assertThat(secrets.call(DeleteSecret.class, new DeleteSecret.Input("app", null, true))
                        .name())
                .isEqualTo("app");
        assertThat(secrets.create("app", "two")).isNotEqualTo(arn);
        assertThat(refusal(() -> secrets.value(arn))).isEqualTo(ABSENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            6  | false | The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).
            31 | false | The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).
            7  | true  | You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.
            """)
    void a_window_has_7_to_30_days_or_there_is_none(long days, boolean force, String message) {
        secrets.create("app", "one");

        assertThat(refusal(() -> secrets.call(DeleteSecret.class, new DeleteSecret.Input("app", days, force))))
                .isEqualTo("InvalidParameterException: " + message);
    }

    @Test
    void secrets_are_listed_page_by_page_in_the_order_asked_for() {
        for (var name : List.of("b", "a", "d", "c")) {
            secrets.create(name, "text");
            secrets.world().clock.move(Duration.ofSeconds(1));
        }
        assertThat(pages(null, null)).containsExactly("b", "a", "d", "c");
        assertThat(pages("created-date", "desc")).containsExactly("c", "d", "a", "b");
        assertThat(pages("name", "asc")).containsExactly("a", "b", "c", "d");
        assertThat(pages("name", "desc")).containsExactly("d", "c", "b", "a");
        assertThat(refusal(() -> pages("last-accessed-date", null)))
                .isEqualTo("InvalidParameterException: SortBy last-accessed-date is not supported here.");
        assertThat(refusal(() -> listed(new ListSecrets.Input(null, null, "AAAA", null, null, null))))
                .isEqualTo("InvalidNextTokenException: The NextToken value is invalid.");
    }

    private List<String> pages(@Nullable String by, @Nullable String order) {
        var names = new ArrayList<String>();
        String token = null;
        do {
            var page = secrets.call(ListSecrets.class, new ListSecrets.Input(null, 3, token, null, order, by));
            page.secretList().forEach(entry -> names.add(entry.name()));
            token = page.nextToken();
        } while (token != null);
        return names;
    }

    @Test
    void a_list_is_filtered_by_what_begins_so() {
        secrets.call(CreateSecret.class, with(null, List.of(new SecretTag("Team", "blue")), null));
        secrets.create("app/two", "text");
        secrets.create("Other", "text");

        assertThat(listed("name", "app")).containsExactlyInAnyOrder("app", "app/two");
        assertThat(listed("name", "!app")).containsExactly("Other");
        assertThat(listed("name", "app/", "Ot")).containsExactlyInAnyOrder("app/two", "Other");
        assertThat(listed("description", "OUR")).containsExactly("app");
        assertThat(listed("tag-key", "Te")).containsExactly("app");
        assertThat(listed("tag-value", "Te")).isEmpty();
        assertThat(listed("all", "BLUE two")).containsExactlyInAnyOrder("app", "app/two");
        assertThat(refusal(() -> listed("colour", "x"))).startsWith("ValidationException: 1 validation error");
        assertThat(refusal(() -> listed("name"))).startsWith("InvalidParameterException: ");
    }

    @Test
    void versions_without_a_label_are_listed_only_where_asked_for() {
        secrets.create("app", "one");
        secrets.put("app", "2", "two");
        secrets.put("app", "3", "three");

        var labelled = secrets.call(ListSecretVersionIds.class, new ListSecretVersionIds.Input("app", 1, null, null));
        assertThat(labelled.versions())
                .extracting(ListSecretVersionIds.Entry::versionId)
                .containsExactly(token("2"));
        var rest = secrets.call(
                ListSecretVersionIds.class, new ListSecretVersionIds.Input("app", 1, labelled.nextToken(), null));
        assertThat(rest.versions())
                .extracting(ListSecretVersionIds.Entry::versionId)
                .containsExactly(token("3"));
        assertThat(rest.nextToken()).isNull();
        assertThat(secrets.call(ListSecretVersionIds.class, new ListSecretVersionIds.Input("app", null, null, true))
                        .versions())
                .hasSize(3);
    }

    @Test
    void a_secret_has_at_most_fifty_tags_of_its_owners() {
        var fifty = IntStream.range(0, 50)
                .mapToObj(i -> new SecretTag("k" + i, null))
                .toList();
        secrets.create("app", "text");
        secrets.call(TagResource.class, new TagResource.Input("app", fifty));

        assertThat(refusal(() -> secrets.call(
                        TagResource.class, new TagResource.Input("app", List.of(new SecretTag("more", ""))))))
                .isEqualTo("InvalidParameterException: A secret can have at most 50 tags.");
        assertThat(refusal(() -> secrets.call(
                        TagResource.class, new TagResource.Input("app", List.of(new SecretTag("aws:x", ""))))))
                .startsWith("InvalidParameterException: The tag key 'aws:x' is reserved");
        assertThat(refusal(() -> secrets.call(
                        TagResource.class, new TagResource.Input("app", List.of(new SecretTag(null, ""))))))
                .isEqualTo("InvalidParameterException: A tag must have a key.");
        secrets.call(UntagResource.class, new UntagResource.Input("app", List.of("k0", "absent")));
        secrets.call(TagResource.class, new TagResource.Input("app", List.of(new SecretTag("k1", "new"))));
        assertThat(secrets.describe("app").tags()).hasSize(49).contains(new SecretTag("k1", "new"));
    }

    @Test
    void a_name_taken_is_refused() {
        secrets.create("app", "text");

        assertThat(refusal(() -> secrets.call(CreateSecret.class, named("app", null, null))))
                .isEqualTo("ResourceExistsException: The operation failed because the secret app already exists.");
    }
}
