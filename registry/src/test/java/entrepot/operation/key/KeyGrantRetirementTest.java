package entrepot.operation.key;

import static entrepot.operation.World.ID;
import static entrepot.operation.World.STRANGER;
import static entrepot.operation.World.isTaken;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.operation.key.grant.Constraints;
import entrepot.operation.key.grant.CreateGrant;
import entrepot.operation.key.grant.RetireGrant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may end a grant from the side of those whom it names.
class KeyGrantRetirementTest {

    @AutoClose
    private final KeyWorld keys = KeyWorld.create();

    private final String key = keys.key();
    private final String arn = KeyWorld.arn(key).toString();
    private final Caller root = keys.world().root;
    private final Caller ann = keys.world().user(ID.account(), "ann");
    private final Caller guest = keys.world().user(STRANGER, "guest");

    private static String statement(String effect, String action, String more) {
        return "{\"Statement\":{\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"*\"%s}}"
                .formatted(effect, action, more);
    }

    private static String of(Caller caller) {
        return caller.principal().arn();
    }

    private CreateGrant.Output create(CreateGrant.Input input) {
        return keys.world().call(keys.world().the(CreateGrant.class), input);
    }

    @Test
    void a_grant_is_retired_by_whom_it_names_for_that_and_by_whom_policies_let() {
        var may = keys.world().user(ID.account(), "may", statement("Allow", "kms:RetireGrant", ""));
        var retirable = KeyWorld.granting(key, of(ann), of(guest), null, "Encrypt");
        var own = KeyWorld.granting(key, of(ann), null, null, "Encrypt", "RetireGrant");

        assertThat(retires(ann, create(retirable))).as("the grantee").isFalse();
        assertThat(retires(guest, create(retirable)))
                .as("the retiring principal")
                .isTrue();
        assertThat(retires(guest, create(own))).as("whoever has the token").isFalse();
        assertThat(retires(ann, create(own))).as("a grantee who may").isTrue();
        assertThat(retires(may, create(own))).as("whom policies let").isTrue();
        assertThat(retires(root, create(own))).as("the root").isTrue();
    }

    @Test
    void who_may_retire_one_grant_may_retire_no_other() {
        create(KeyWorld.granting(key, of(ann), of(guest), null, "Encrypt", "RetireGrant"));
        var other = keys.grant(root, key, of(ann), null, "Encrypt");

        assertThat(isTaken(() -> retire(guest, new RetireGrant.Input(null, arn, other, null))))
                .isFalse();
        assertThat(isTaken(() -> retire(ann, new RetireGrant.Input(null, arn, other, null))))
                .isFalse();
        assertThat(refusal(() -> retire(guest, new RetireGrant.Input(null, arn, "0".repeat(64), null))))
                .as("one that is not there")
                .isEqualTo(refusal(() -> retire(guest, new RetireGrant.Input(null, arn, other, null))));
    }

    @Test
    void a_denied_retirement_stays_denied() {
        var bob = keys.world().user(ID.account(), "bob", statement("Deny", "kms:RetireGrant", """
                ,"Condition":{"StringEquals":{"kms:GrantConstraintType":"EncryptionContextSubset"}}"""));
        var team = new Constraints(Map.of("team", "a"), null, null);

        assertThat(retires(bob, create(KeyWorld.granting(key, of(ann), of(bob), team, "Encrypt"))))
                .isFalse();
        assertThat(retires(bob, create(KeyWorld.granting(key, of(ann), of(bob), null, "Encrypt"))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"x", "''", "eCB5IHo", "%%%"})
    void a_token_that_is_none_is_refused(String token) {
        assertThat(refusal(() -> retire(root, new RetireGrant.Input(token, null, null, null))))
                .startsWith("InvalidGrantTokenException");
        assertThat(refusal(() -> retire(root, new RetireGrant.Input(null, key, null, null))))
                .startsWith("ValidationException");
    }

    private boolean retires(Caller caller, CreateGrant.Output grant) {
        return isTaken(() -> retire(caller, new RetireGrant.Input(grant.grantToken(), null, null, null)));
    }

    private void retire(Caller caller, RetireGrant.Input input) {
        keys.world().call(caller, keys.world().the(RetireGrant.class), input);
    }
}
