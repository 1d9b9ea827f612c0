package entrepot.operation.key;

import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.operation.key.cryptography.GenerateDataKey;
import entrepot.operation.key.cryptography.GenerateDataKeyWithoutPlaintext;
import entrepot.operation.key.cryptography.ReEncrypt;
import entrepot.operation.key.lifecycle.EnableKey;
import entrepot.operation.key.lifecycle.RotateKeyOnDemand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Encrypt, Decrypt, GenerateDataKey, GenerateDataKeyWithoutPlaintext and ReEncrypt.
class CryptographyTest {

    private static final byte[] TEXT = "text".getBytes(UTF_8);
    private static final Map<String, String> CONTEXT = Map.of("a", "b");
    private static final String SPOILT = "InvalidCiphertextException: ";

    @AutoClose
    private final KeyWorld keys = KeyWorld.create();

    private final String key = keys.key();

    @Test
    void what_is_encrypted_is_decrypted_with_the_key_named_or_not() {
        var sealed = keys.encrypt(key, TEXT, CONTEXT);

        assertThat(new String(sealed, UTF_8)).doesNotContain("text");
        assertThat(keys.decrypt(sealed, null, CONTEXT)).isEqualTo(TEXT);
        assertThat(keys.decrypt(sealed, key, CONTEXT)).isEqualTo(TEXT);
        assertThat(keys.decrypt(sealed, KeyWorld.arn(key).toString(), CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void the_same_text_is_never_encrypted_the_same() {
        assertThat(keys.encrypt(key, TEXT, CONTEXT)).isNotEqualTo(keys.encrypt(key, TEXT, CONTEXT));
    }

    @Test
    void another_context_decrypts_nothing() {
        var sealed = keys.encrypt(key, TEXT, Map.of("ab", "c", "d", ""));

        for (var other : List.of(
                Map.<String, String>of(), Map.of("ab", "c"), Map.of("a", "bc", "d", ""), Map.of("AB", "c", "d", ""))) {
            assertThat(refusal(() -> keys.decrypt(sealed, null, other))).isEqualTo(SPOILT);
        }
        var inAnotherOrder = new HashMap<String, String>();
        inAnotherOrder.put("d", "");
        inAnotherOrder.put("ab", "c");
        assertThat(keys.decrypt(sealed, null, inAnotherOrder)).isEqualTo(TEXT);
    }

    @Test
    void a_context_of_half_a_surrogate_pair_is_not_one_of_another() {
        var sealed = keys.encrypt(key, TEXT, Map.of("a", "\ud800"));

        assertThat(refusal(() -> keys.decrypt(sealed, null, Map.of("a", "\ud801"))))
                .isEqualTo(SPOILT);
        assertThat(keys.decrypt(sealed, null, Map.of("a", "\ud800"))).isEqualTo(TEXT);
    }

    @Test
    void a_changed_byte_wherever_it_is_decrypts_nothing() {
        var sealed = keys.encrypt(key, TEXT, CONTEXT);

        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(refusal(() -> keys.decrypt(changed, key, CONTEXT)))
                    .as("byte %d", i)
                    .isIn(SPOILT, incorrect());
        }
        assertThat(refusal(() -> keys.decrypt(TEXT, null, CONTEXT))).isEqualTo(SPOILT);
    }

    private static String incorrect() {
        return "IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this"
                + " operation.";
    }

    @Test
    void the_ciphertext_of_another_key_is_not_taken() {
        var sealed = keys.encrypt(keys.key(), TEXT, CONTEXT);

        assertThat(refusal(() -> keys.decrypt(sealed, key, CONTEXT))).isEqualTo(incorrect());
    }

    @Test
    void a_ciphertext_that_claims_to_be_of_another_key_is_none() {
        var sealed = keys.encrypt(key, TEXT, CONTEXT);
        var claiming = keys.encrypt(keys.key(), TEXT, CONTEXT);
        System.arraycopy(sealed, 21, claiming, 21, sealed.length - 21);

        assertThat(refusal(() -> keys.decrypt(claiming, null, CONTEXT))).isEqualTo(SPOILT);
    }

    @Test
    void a_rotated_key_decrypts_what_it_encrypted_before() {
        var before = keys.encrypt(key, TEXT, CONTEXT);
        keys.world().call(keys.world().the(RotateKeyOnDemand.class), new RotateKeyOnDemand.Input(key));
        var after = keys.encrypt(key, TEXT, CONTEXT);

        assertThat(Ciphertext.parse(before).orElseThrow().material()).isEqualTo(1);
        assertThat(Ciphertext.parse(after).orElseThrow().material()).isEqualTo(2);
        assertThat(keys.decrypt(before, null, CONTEXT)).isEqualTo(TEXT);
        assertThat(keys.decrypt(after, null, CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void a_key_that_is_disabled_does_nothing_until_it_is_enabled() {
        var sealed = keys.encrypt(key, TEXT, CONTEXT);
        keys.disable(key);
        var disabled = "DisabledException: " + KeyWorld.arn(key) + " is disabled.";

        assertThat(refusal(() -> keys.encrypt(key, TEXT, CONTEXT))).isEqualTo(disabled);
        assertThat(refusal(() -> keys.decrypt(sealed, null, CONTEXT))).isEqualTo(disabled);
        assertThat(refusal(() -> dataKey("AES_256", null, null))).isEqualTo(disabled);

        keys.world().call(keys.world().the(EnableKey.class), new EnableKey.Input(key));
        assertThat(keys.decrypt(sealed, null, CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void a_key_that_is_to_be_deleted_does_nothing() {
        var sealed = keys.encrypt(key, TEXT, CONTEXT);
        keys.scheduleDeletion(key);

        assertThat(refusal(() -> keys.decrypt(sealed, null, CONTEXT)))
                .isEqualTo("KMSInvalidStateException: " + KeyWorld.arn(key) + " is pending deletion.");
    }

    @Test
    void a_data_key_comes_in_the_clear_and_encrypted() {
        var made = dataKey("AES_128", null, null);

        assertThat(made.plaintext()).hasSize(16);
        assertThat(keys.decrypt(made.ciphertextBlob(), null, CONTEXT)).isEqualTo(made.plaintext());
        assertThat(dataKey("AES_256", null, null).plaintext()).hasSize(32);
        assertThat(dataKey(null, 7, null).plaintext()).hasSize(7);
        assertThat(refusal(() -> dataKey(null, null, null)))
                .isEqualTo("ValidationException: Please specify either number of bytes or key spec.");
    }

    private GenerateDataKey.Output dataKey(@Nullable String spec, @Nullable Integer bytes, @Nullable Boolean dryRun) {
        return keys.world()
                .call(
                        keys.world().the(GenerateDataKey.class),
                        new GenerateDataKey.Input(key, CONTEXT, bytes, spec, null, null, dryRun));
    }

    @Test
    void a_data_key_may_come_encrypted_alone() {
        var made = keys.world()
                .call(
                        keys.world().the(GenerateDataKeyWithoutPlaintext.class),
                        new GenerateDataKeyWithoutPlaintext.Input(key, CONTEXT, "AES_256", null, null, null));

        assertThat(keys.decrypt(made.ciphertextBlob(), null, CONTEXT)).hasSize(32);
    }

    @Test
    void what_one_key_encrypted_another_encrypts() {
        var other = keys.key();
        var sealed = keys.encrypt(key, TEXT, CONTEXT);
        var to = Map.of("c", "d");
        var moved = keys.world()
                .call(
                        keys.world().the(ReEncrypt.class),
                        new ReEncrypt.Input(
                                new Content.Bytes(sealed), CONTEXT, null, other, to, null, null, null, null));

        assertThat(moved.sourceKeyId()).isEqualTo(KeyWorld.arn(key).toString());
        assertThat(moved.keyId()).isEqualTo(KeyWorld.arn(other).toString());
        assertThat(keys.decrypt(moved.ciphertextBlob(), other, to)).isEqualTo(TEXT);
    }

    @Test
    void a_dry_run_says_whether_it_would_succeed() {
        assertThat(refusal(() -> dataKey("AES_256", null, true)))
                .isEqualTo("DryRunOperationException: The request would have succeeded, but the DryRun option is set.");
        keys.disable(key);
        assertThat(refusal(() -> dataKey("AES_256", null, true))).startsWith("DisabledException: ");
    }

    @Test
    void a_context_is_bounded() {
        assertThat(refusal(() -> keys.encrypt(key, TEXT, Map.of("a", "b".repeat(8192)))))
                .isEqualTo("ValidationException: The encryption context is longer than 8192 characters.");
    }
}
