package entrepot.operation.key;

import static entrepot.operation.World.ID;
import static entrepot.operation.World.STRANGER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.operation.key.alias.DeleteAlias;
import entrepot.operation.key.alias.UpdateAlias;
import entrepot.operation.key.cryptography.Encrypt;
import entrepot.operation.key.lifecycle.DescribeKey;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Who may do what with a key: its policy, identities' policies, and other accounts.
class KeyAccessTest {

    private static final byte[] TEXT = "text".getBytes(UTF_8);
    private static final Map<String, String> NONE = Map.of();
    private static final String EVERYTHING =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}}";

    @AutoClose
    private final KeyWorld keys = KeyWorld.create();

    private final String key = keys.key();

    private static String policy(String effect, String principal, String more) {
        return "{\"Statement\":[{\"Effect\":\"%s\",\"Principal\":%s,\"Action\":\"kms:*\"%s}]}"
                .formatted(effect, principal, more);
    }

    private static String of(String account) {
        return "{\"AWS\":\"%s\"}".formatted(account);
    }

    private String denial(Caller caller) {
        return refusal(() -> keys.encrypt(caller, KeyWorld.arn(key).toString(), TEXT, NONE))
                .replaceFirst(".* because ", "");
    }

    @Test
    void the_usual_policy_leaves_it_to_the_policies_of_the_accounts_users() {
        var may = keys.world().user(ID.account(), "may", EVERYTHING);
        var mayNot = keys.world().user(ID.account(), "maynot");

        assertThat(keys.decrypt(keys.encrypt(may, key, TEXT, NONE), null, NONE)).isEqualTo(TEXT);
        assertThat(denial(mayNot)).isEqualTo("no identity-based policy allows the kms:Encrypt action");
    }

    @Test
    void without_the_keys_policy_nobody_may_anything_not_even_the_root() {
        var ann = keys.world().user(ID.account(), "ann", EVERYTHING);
        var bob = keys.world().user(ID.account(), "bob");
        keys.policy(key, policy("Allow", of("arn:aws:iam::123456789012:user/bob"), ",\"Resource\":\"*\""));

        assertThat(denial(ann)).isEqualTo("no resource-based policy allows the kms:Encrypt action");
        assertThat(denial(keys.world().root)).isEqualTo("no resource-based policy allows the kms:Encrypt action");
        assertThat(keys.encrypt(bob, key, TEXT, NONE)).isNotEmpty();
    }

    @Test
    void a_statement_without_a_resource_is_about_nothing() {
        keys.policy(key, policy("Allow", of(ID.account().value()), ""));

        assertThat(denial(keys.world().root)).isEqualTo("no resource-based policy allows the kms:Encrypt action");
    }

    @Test
    void a_policy_may_ask_for_the_encryption_context() {
        var condition = ",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"kms:EncryptionContext:team\":\"a\"}}";
        keys.policy(key, policy("Allow", of(ID.account().value()), condition));

        assertThat(keys.encrypt(key, TEXT, Map.of("team", "a"))).isNotEmpty();
        assertThat(refusal(() -> keys.encrypt(key, TEXT, Map.of("team", "b")))).startsWith("AccessDeniedException: ");
        assertThat(refusal(() -> keys.encrypt(key, TEXT, NONE))).startsWith("AccessDeniedException: ");
    }

    @Test
    void another_account_needs_both_sides() {
        var guest = keys.world().user(STRANGER, "guest", EVERYTHING);
        var stranger = keys.world().user(STRANGER, "stranger");
        assertThat(denial(guest)).isEqualTo("no resource-based policy allows the kms:Encrypt action");

        keys.policy(key, policy("Allow", of(STRANGER.value()), ",\"Resource\":\"*\""));

        var arn = KeyWorld.arn(key).toString();
        assertThat(keys.encrypt(guest, arn, TEXT, NONE)).isNotEmpty();
        assertThat(denial(stranger)).isEqualTo("no identity-based policy allows the kms:Encrypt action");
    }

    @Test
    void another_account_cannot_tell_a_key_that_is_there_from_one_that_is_not() {
        keys.alias("alias/there", key);
        var sealed = keys.encrypt(key, TEXT, NONE);
        var absent = UUID.randomUUID().toString();
        var deniesAll = """
                {"Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*"},
                {"Effect": "Deny", "Action": "kms:*", "Resource": "%s"}]}""".formatted(KeyWorld.arn(key));
        keys.policy(key, policy("Deny", of("*"), ",\"Resource\":\"*\""));

        for (var guest : List.of(
                keys.world().user(STRANGER, "guest", EVERYTHING), keys.world().user(STRANGER, "probe", deniesAll))) {
            assertThat(describe(guest, KeyWorld.arn(key).toString()))
                    .isEqualTo(describe(guest, KeyWorld.arn(absent).toString()).replace(absent, key));
            var alias = "arn:aws:kms:eu-west-1:123456789012:alias/";
            assertThat(describe(guest, alias + "there"))
                    .isEqualTo(describe(guest, alias + "absent").replace("absent", "there"));
            assertThat(decryption(guest, sealed)).isEqualTo(decryption(guest, ofNoKey(sealed)));
        }
    }

    private String describe(Caller caller, String keyId) {
        return refusal(() ->
                keys.world().call(caller, keys.world().the(DescribeKey.class), new DescribeKey.Input(keyId, null)));
    }

    private String decryption(Caller caller, byte[] sealed) {
        return refusal(() -> keys.decrypt(caller, sealed, null, NONE));
    }

    private static byte[] ofNoKey(byte[] sealed) {
        var changed = sealed.clone();
        changed[5] ^= 1;
        return changed;
    }

    @Test
    void an_alias_is_no_way_round_what_its_key_denies() {
        keys.alias("alias/app", key);
        keys.policy(key, policy("Deny", of("*"), ",\"Resource\":\"*\""));
        var other = keys.key();

        assertThat(refusal(() -> keys.encrypt("alias/app", TEXT, NONE))).startsWith("AccessDeniedException: ");
        assertThat(refusal(() -> keys.world()
                        .call(keys.world().the(UpdateAlias.class), new UpdateAlias.Input("alias/app", other))))
                .startsWith("AccessDeniedException: ");
        assertThat(refusal(() ->
                        keys.world().call(keys.world().the(DeleteAlias.class), new DeleteAlias.Input("alias/app"))))
                .startsWith("AccessDeniedException: ");
    }

    @Test
    void an_alias_that_means_another_key_after_the_decision_is_decided_about_anew() {
        var ann = keys.world().user(ID.account(), "ann", EVERYTHING);
        var guarded = keys.key();
        keys.alias("alias/app", key);
        var encrypt = keys.world().the(Encrypt.class);
        var input = new Encrypt.Input("alias/app", new Content.Bytes(TEXT), null, null, null, null);
        assertThat(encrypt.run(ann, Law.ECR, input).keyId())
                .isEqualTo(KeyWorld.arn(key).toString());

        keys.world().call(keys.world().the(UpdateAlias.class), new UpdateAlias.Input("alias/app", guarded));
        keys.policy(guarded, policy("Deny", of("*"), ",\"Resource\":\"*\""));

        assertThat(refusal(() -> encrypt.run(ann, Law.ECR, input))).startsWith("AccessDeniedException: ");
    }

    @Test
    void a_policy_that_would_lock_its_setter_out_is_refused() {
        keys.world().user(ID.account(), "ann");
        assertThat(refusal(() ->
                        keys.key(keys.world().root, policy("Allow", of(STRANGER.value()), ",\"Resource\":\"*\""))))
                .isEqualTo("MalformedPolicyDocumentException: The new key policy will not allow you to update the key"
                        + " policy in the future.");
        assertThat(refusal(() -> keys.policy(
                        key, policy("Allow", of("arn:aws:iam::123456789012:user/none"), ",\"Resource\":\"*\""))))
                .isEqualTo("MalformedPolicyDocumentException: Policy contains a statement with one or more invalid"
                        + " principals.");
    }
}
