package entrepot.operation.key;

import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.EncryptionKey.State;
import entrepot.operation.Operation;
import entrepot.operation.key.lifecycle.CancelKeyDeletion;
import entrepot.operation.key.lifecycle.CreateKey;
import entrepot.operation.key.lifecycle.DescribeKey;
import entrepot.operation.key.lifecycle.DisableKeyRotation;
import entrepot.operation.key.lifecycle.EnableKey;
import entrepot.operation.key.lifecycle.EnableKeyRotation;
import entrepot.operation.key.lifecycle.GetKeyRotationStatus;
import entrepot.operation.key.lifecycle.KeyTag;
import entrepot.operation.key.lifecycle.ListKeys;
import entrepot.operation.key.lifecycle.ListResourceTags;
import entrepot.operation.key.lifecycle.RotateKeyOnDemand;
import entrepot.operation.key.lifecycle.ScheduleKeyDeletion;
import entrepot.operation.key.lifecycle.TagResource;
import entrepot.operation.key.lifecycle.UntagResource;
import entrepot.operation.key.lifecycle.UpdateKeyDescription;
import entrepot.operation.key.policy.GetKeyPolicy;
import entrepot.operation.key.policy.ListKeyPolicies;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How keys come to be, what is said of them, how they rotate and go.
class KeyLifecycleTest {

    @AutoClose
    private final KeyWorld keys = KeyWorld.create();

    private final String key = keys.key();

    private <I, O, P extends Operation<I, O>> O call(Class<P> operation, I input) {
        return keys.world().call(keys.world().the(operation), input);
    }

    private String state() {
        return call(DescribeKey.class, new DescribeKey.Input(key, null))
                .keyMetadata()
                .keyState();
    }

    @Test
    void a_new_key_is_enabled_and_says_what_it_is() {
        var shown = call(
                        DescribeKey.class,
                        new DescribeKey.Input(KeyWorld.arn(key).toString(), null))
                .keyMetadata();

        assertThat(shown.arn()).isEqualTo("arn:aws:kms:eu-west-1:123456789012:key/" + key);
        assertThat(List.of(shown.keyState(), shown.keyManager(), shown.keySpec(), shown.keyUsage(), shown.origin()))
                .containsExactly("Enabled", "CUSTOMER", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "AWS_KMS");
        assertThat(call(GetKeyPolicy.class, new GetKeyPolicy.Input(key, null)).policy())
                .contains("\"AWS\" : \"arn:aws:iam::123456789012:root\"");
        assertThat(call(ListKeyPolicies.class, new ListKeyPolicies.Input(key, null, null))
                        .policyNames())
                .containsExactly("default");
    }

    @Test
    void another_kind_of_key_is_refused() {
        assertThat(refusal(() -> call(CreateKey.class, KeyWorld.input(null, "RSA_2048"))))
                .isEqualTo("UnsupportedOperationException: KeySpec RSA_2048 is not supported here.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none                                                              | Invalid keyId 'none'
            00000000-0000-0000-0000-000000000000                              | Key 'arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-000000000000' does not exist
            arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000 | Invalid arn us-east-1
            alias/none                                                        | Alias arn:aws:kms:eu-west-1:123456789012:alias/none is not found.
            """)
    void a_key_that_is_not_there_is_not_found(String keyId, String message) {
        assertThat(refusal(() -> call(DescribeKey.class, new DescribeKey.Input(keyId, null))))
                .isEqualTo("NotFoundException: " + message);
    }

    @Test
    void keys_are_listed_page_by_page() {
        keys.key();
        var first = call(ListKeys.class, new ListKeys.Input(1, null));
        var second = call(ListKeys.class, new ListKeys.Input(1, first.nextMarker()));

        assertThat(first.truncated()).isTrue();
        assertThat(second.truncated()).isFalse();
        assertThat(first.keys()).doesNotContainAnyElementsOf(second.keys());
        assertThat(refusal(() -> call(ListKeys.class, new ListKeys.Input(1, "x"))))
                .startsWith("InvalidMarkerException");
    }

    @Test
    void a_key_to_be_deleted_can_be_kept_and_is_disabled_then() {
        keys.scheduleDeletion(key);
        assertThat(state()).isEqualTo("PendingDeletion");
        assertThat(refusal(() -> call(EnableKey.class, new EnableKey.Input(key))))
                .isEqualTo("KMSInvalidStateException: " + KeyWorld.arn(key) + " is pending deletion.");

        call(CancelKeyDeletion.class, new CancelKeyDeletion.Input(key));

        assertThat(keys.stored(key).state()).isEqualTo(State.DISABLED);
        assertThat(keys.stored(key).deletion()).isNull();
        assertThat(refusal(() -> call(CancelKeyDeletion.class, new CancelKeyDeletion.Input(key))))
                .startsWith("KMSInvalidStateException: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 31, 365})
    void the_time_until_a_key_is_deleted_is_bounded(int days) {
        assertThat(refusal(() -> call(ScheduleKeyDeletion.class, new ScheduleKeyDeletion.Input(key, days))))
                .isEqualTo("ValidationException: The pending window must be from 7 to 30 days.");
    }

    @Test
    void a_key_rotates_once_a_year_unless_told_otherwise_and_says_when() {
        call(EnableKeyRotation.class, new EnableKeyRotation.Input(key, null));
        assertThat(rotation().rotationPeriodInDays()).isEqualTo(365);

        call(EnableKeyRotation.class, new EnableKeyRotation.Input(key, 90));
        assertThat(rotation().nextRotationDate())
                .isEqualTo(keys.world().clock.instant().plus(Duration.ofDays(90)));

        call(DisableKeyRotation.class, new DisableKeyRotation.Input(key));
        assertThat(rotation().keyRotationEnabled()).isFalse();
    }

    private GetKeyRotationStatus.Output rotation() {
        return call(GetKeyRotationStatus.class, new GetKeyRotationStatus.Input(key));
    }

    @Test
    void somebody_can_ask_for_25_rotations() {
        for (int i = 0; i < 25; i++) {
            call(RotateKeyOnDemand.class, new RotateKeyOnDemand.Input(key));
        }
        assertThat(keys.stored(key).material()).isEqualTo(26);
        assertThat(refusal(() -> call(RotateKeyOnDemand.class, new RotateKeyOnDemand.Input(key))))
                .startsWith("LimitExceededException: ");
    }

    @Test
    void a_description_can_be_another() {
        call(UpdateKeyDescription.class, new UpdateKeyDescription.Input(key, "what for"));

        assertThat(keys.stored(key).description()).isEqualTo("what for");
    }

    @Test
    void tags_come_and_go_and_there_are_at_most_50() {
        call(TagResource.class, new TagResource.Input(key, tags(0, 50)));
        assertThat(refusal(() -> call(TagResource.class, new TagResource.Input(key, tags(50, 51)))))
                .isEqualTo("LimitExceededException: A key can have at most 50 tags.");
        assertThat(refusal(() -> call(TagResource.class, new TagResource.Input(key, List.of(new KeyTag("aws:a", ""))))))
                .startsWith("TagException: ");

        call(UntagResource.class, new UntagResource.Input(key, List.of("k10", "none")));

        var shown = call(ListResourceTags.class, new ListResourceTags.Input(key, null, null));
        assertThat(shown.tags()).hasSize(49).contains(new KeyTag("k11", "v")).doesNotContain(new KeyTag("k10", "v"));
    }

    private static List<KeyTag> tags(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> new KeyTag("k" + i, "v")).toList();
    }
}
