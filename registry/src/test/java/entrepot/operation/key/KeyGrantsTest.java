package entrepot.operation.key;

import static entrepot.operation.World.ID;
import static entrepot.operation.World.STRANGER;
import static entrepot.operation.World.isTaken;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.auth.Principal;
import entrepot.domain.GrantConstraints;
import entrepot.domain.KeyGrant;
import entrepot.domain.RegistryId;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.operation.key.grant.Constraints;
import entrepot.operation.key.grant.CreateGrant;
import entrepot.operation.key.grant.ListGrants;
import entrepot.operation.key.grant.RetireGrant;
import entrepot.operation.key.grant.RevokeGrant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Grants, and what they do beside policies.
class KeyGrantsTest {

    private static final byte[] TEXT = {1, 2, 3};
    private static final Map<String, String> NONE = Map.of();
    private static final String EVERYTHING = statement("Allow", "kms:*", "");

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

    private boolean encrypts(Caller caller, Map<String, String> context) {
        return isTaken(() -> keys.encrypt(caller, arn, TEXT, context));
    }

    @Test
    void a_grantee_may_at_once_do_what_the_grant_says_and_no_more() {
        assertThat(encrypts(ann, NONE)).isFalse();

        keys.grant(root, key, of(ann), null, "Encrypt");

        var sealed = keys.encrypt(ann, key, TEXT, NONE);
        assertThat(refusal(() -> keys.decrypt(ann, sealed, null, NONE)))
                .endsWith("because no identity-based policy allows the kms:Decrypt action");
        assertThat(isTaken(() -> keys.encrypt(ann, keys.key(), TEXT, NONE))).isFalse();
    }

    @Test
    void a_grantee_in_another_account_needs_nothing_else_and_has_nothing_when_it_is_revoked() {
        var before = refusal(() -> keys.encrypt(guest, arn, TEXT, NONE));

        var grant = keys.grant(root, key, of(guest), null, "Encrypt");
        assertThat(encrypts(guest, NONE)).isTrue();
        keys.revoke(key, grant);

        assertThat(refusal(() -> keys.encrypt(guest, arn, TEXT, NONE))).isEqualTo(before);
    }

    @Test
    void what_a_policy_denies_no_grant_allows() {
        var bob = keys.world().user(ID.account(), "bob", statement("Deny", "kms:Encrypt", ""));
        keys.grant(root, key, of(bob), null, "Encrypt");
        keys.grant(root, key, of(ann), null, "Encrypt");
        keys.grant(root, key, of(guest), null, "Encrypt");
        assertThat(encrypts(bob, NONE)).isFalse();

        keys.policy(key, """
                {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "kms:Encrypt", "Resource": "*"}]}""");

        assertThat(encrypts(ann, NONE)).isFalse();
        assertThat(refusal(() -> keys.encrypt(guest, arn, TEXT, NONE)))
                .endsWith("because no resource-based policy allows the kms:Encrypt action");
    }

    @Test
    void a_constraint_asks_for_part_of_the_context_or_all_of_it() {
        keys.grant(root, key, of(ann), new Constraints(Map.of("team", "a"), null, null), "Encrypt");
        keys.grant(root, key, of(guest), new Constraints(null, Map.of("team", "a"), null), "Encrypt", "DescribeKey");

        assertThat(encrypts(ann, Map.of("Team", "a", "x", "y"))).isTrue();
        assertThat(encrypts(ann, Map.of("team", "A"))).isFalse();
        assertThat(encrypts(ann, Map.of("team", "b", "TEAM", "a"))).isFalse();
        assertThat(encrypts(ann, NONE)).isFalse();
        assertThat(encrypts(guest, Map.of("team", "a"))).isTrue();
        assertThat(encrypts(guest, Map.of("team", "a", "x", "y"))).isFalse();
        assertThat(encrypts(guest, NONE)).isFalse();
    }

    @Test
    void a_grant_to_an_account_leaves_it_to_its_root_and_its_policies() {
        var strangers = new Caller(
                Principal.ofRoot(STRANGER, "AKIA"),
                new RegistryId(STRANGER, ID.region()),
                root.address(),
                root.origin());
        var may = keys.world().user(STRANGER, "may", EVERYTHING);

        keys.grant(root, key, of(strangers), null, "Encrypt");

        assertThat(encrypts(strangers, NONE)).isTrue();
        assertThat(encrypts(may, NONE)).isTrue();
        assertThat(encrypts(guest, NONE)).isFalse();
    }

    @Test
    void who_may_grant_by_a_grant_grants_no_more_than_it() {
        var team = new Constraints(Map.of("team", "a"), null, null);
        keys.grant(root, key, of(guest), team, "Encrypt", "CreateGrant");
        var stricter = new Constraints(null, Map.of("team", "a", "x", "y"), null);

        assertThat(isTaken(() -> keys.grant(guest, arn, of(ann), null, "Encrypt")))
                .isFalse();
        assertThat(isTaken(() -> keys.grant(guest, arn, of(ann), team, "Decrypt")))
                .isFalse();
        assertThat(isTaken(() -> keys.grant(guest, arn, of(ann), team, "Encrypt")))
                .isTrue();
        assertThat(isTaken(() -> keys.grant(guest, arn, of(ann), stricter, "Encrypt")))
                .isTrue();
        assertThat(isTaken(() -> keys.grant(ann, arn, of(ann), stricter, "Encrypt")))
                .isFalse();
    }

    @Test
    void who_must_have_a_whole_context_cannot_grant_part_of_it() {
        keys.grant(root, key, of(guest), new Constraints(null, Map.of("team", "a"), null), "Encrypt", "CreateGrant");

        assertThat(isTaken(() ->
                        keys.grant(guest, arn, of(ann), new Constraints(Map.of("team", "a"), null, null), "Encrypt")))
                .isFalse();
        assertThat(isTaken(() ->
                        keys.grant(guest, arn, of(ann), new Constraints(null, Map.of("team", "a"), null), "Encrypt")))
                .isTrue();
    }

    @Test
    void the_same_grant_of_the_same_name_is_made_once() {
        var once = create(named("mine", "Encrypt"));

        var again = create(named("mine", "Encrypt"));

        assertThat(again.grantId()).isEqualTo(once.grantId()).matches("[0-9a-f]{64}");
        assertThat(again.grantToken()).isNotEqualTo(once.grantToken());
        assertThat(create(named("mine", "Decrypt")).grantId()).isNotEqualTo(once.grantId());
        assertThat(create(named(null, "Encrypt")).grantId())
                .isNotEqualTo(create(named(null, "Encrypt")).grantId());
        assertThat(keys.grants(key)).hasSize(4);
    }

    private CreateGrant.Output create(CreateGrant.Input input) {
        return keys.world().call(keys.world().the(CreateGrant.class), input);
    }

    private CreateGrant.Input named(@Nullable String name, String operation) {
        return new CreateGrant.Input(
                key, of(ann), null, List.of(operation), null, List.of("any"), name, null, null, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            arn:aws:iam::123456789012:user/none  | Encrypt | InvalidArnException: ARN does not refer to a valid
            arn:aws-cn:iam::123456789012:root    | Encrypt | InvalidArnException: ARN does not refer to a valid
            123456789012                         | Encrypt | InvalidArnException: ARN does not refer to a valid
            arn:aws:iam::123456789012:user/ann   | Sign    | ValidationException: Operation Sign is not valid
            arn:aws:iam::123456789012:user/ann   | kms:*   | ValidationException: Operation kms:* is not valid
            """)
    void what_cannot_be_granted_is_refused(String grantee, String operation, String refusal) {
        assertThat(refusal(() -> keys.grant(root, key, grantee, null, operation)))
                .startsWith(refusal);
        assertThat(keys.grants(key)).isEmpty();
    }

    @Test
    void what_no_service_calls_for_is_refused_rather_than_left_out() {
        var sourced = new Constraints(null, null, "arn:aws:s3:::bucket");
        var half = new Constraints(Map.of("a", "\ud800"), null, null);

        assertThat(refusal(() -> keys.grant(root, key, of(ann), sourced, "Encrypt")))
                .startsWith("ValidationException: SourceArn");
        assertThat(refusal(() -> keys.grant(root, key, of(ann), half, "Encrypt")))
                .startsWith("ValidationException: ");
        assertThat(refusal(() -> keys.grant(root, key, of(ann), null))).startsWith("ValidationException: Operations");
        assertThat(refusal(() -> create(new CreateGrant.Input(
                        key, null, null, List.of("Encrypt"), null, null, null, null, "s3.amazonaws.com", null))))
                .startsWith("ValidationException: GranteeServicePrincipal");
    }

    @Test
    void a_constraint_and_the_grants_of_a_principal_are_bounded() {
        var long385 = new Constraints(Map.of("a", "x".repeat(384)), null, null);
        assertThat(refusal(() -> keys.grant(root, key, of(ann), long385, "Encrypt")))
                .startsWith("LimitExceededException: A grant constraint");

        var terms = new KeyGrant.Terms(ann.principal().id(), null, List.of("Encrypt"), GrantConstraints.NONE, null);
        var now = keys.world().clock.instant();
        keys.world().metadata.transact(tx -> {
            IntStream.range(0, 500).forEach(_ -> tx.keyGrants().create(KeyGrant.create(key, terms, ID.account(), now)));
            return key;
        });

        assertThat(refusal(() -> keys.grant(root, key, of(ann), null, "Encrypt")))
                .isEqualTo("LimitExceededException: A principal can have at most 500 grants of a key.");
        assertThat(isTaken(() -> keys.grant(root, key, of(guest), null, "Encrypt")))
                .isTrue();
    }

    @Test
    void a_dry_run_says_what_would_be_and_does_nothing() {
        var grant = keys.grant(root, key, of(ann), null, "Encrypt");

        assertThat(refusal(() -> create(new CreateGrant.Input(
                        key, of(ann), null, List.of("Encrypt"), null, null, null, true, null, null))))
                .startsWith("DryRunOperationException");
        assertThat(refusal(() -> keys.world()
                        .call(keys.world().the(RevokeGrant.class), new RevokeGrant.Input(key, grant, true))))
                .startsWith("DryRunOperationException");
        assertThat(refusal(() -> keys.world()
                        .call(keys.world().the(RetireGrant.class), new RetireGrant.Input(null, key, grant, true))))
                .startsWith("DryRunOperationException");
        assertThat(keys.grants(key)).hasSize(1);
    }

    @Test
    void a_key_that_cannot_be_used_is_not_granted_but_what_was_is_revoked() {
        var grant = keys.grant(root, key, of(ann), null, "Encrypt");
        keys.disable(key);

        assertThat(refusal(() -> keys.grant(root, key, of(ann), null, "Encrypt")))
                .startsWith("DisabledException");
        keys.revoke(key, grant);

        assertThat(keys.grants(key)).isEmpty();
        assertThat(refusal(() -> keys.revoke(key, grant))).startsWith("NotFoundException: Grant ID ");
        assertThat(refusal(() -> keys.revoke(key, "x"))).startsWith("InvalidGrantIdException");
        assertThat(refusal(() -> keys.revoke(keys.key(), grant))).startsWith("NotFoundException");
    }

    @Test
    void grants_are_listed_as_they_were_made_page_by_page() {
        var team = new Constraints(Map.of("team", "a"), null, null);
        create(KeyWorld.granting(key, of(ann), of(guest), team, "Encrypt", "Decrypt", "Encrypt"));
        keys.grant(root, key, "logs.eu-west-1.amazonaws.com", null, "Decrypt");
        var all = keys.grants(key);

        assertThat(all).hasSize(2);
        assertThat(list(null, null, of(ann)).grants()).singleElement().satisfies(entry -> {
            assertThat(entry.keyId()).isEqualTo(arn);
            assertThat(entry.granteePrincipal()).isEqualTo(of(ann));
            assertThat(entry.retiringPrincipal()).isEqualTo(of(guest));
            assertThat(entry.issuingAccount()).isEqualTo("arn:aws:iam::123456789012:root");
            assertThat(entry.operations()).containsExactly("Decrypt", "Encrypt");
            assertThat(entry.constraints()).isEqualTo(team);
        });
        assertThat(list(null, all.getFirst().grantId(), null).grants()).containsExactly(all.getFirst());
        assertThat(list(null, null, "logs.eu-west-1.amazonaws.com").grants())
                .extracting(ListGrants.Entry::granteePrincipal)
                .containsExactly("logs.eu-west-1.amazonaws.com");
        var page = list(null, null, null);
        assertThat(page.truncated()).isTrue();
        assertThat(list(page.nextMarker(), null, null).grants()).containsExactly(all.getLast());
    }

    private ListGrants.Output list(@Nullable String marker, @Nullable String grant, @Nullable String grantee) {
        return keys.world()
                .call(keys.world().the(ListGrants.class), new ListGrants.Input(1, marker, key, grant, grantee, null));
    }

    @Test
    void a_new_user_of_an_old_name_has_nothing_of_its_grants() {
        keys.grant(root, key, of(ann), null, "Encrypt");
        var id = ann.principal().id();
        keys.world().metadata.transact(tx -> {
            tx.users().delete(tx.users().find(id).orElseThrow());
            return id;
        });
        var again = "AIDA" + "B".repeat(17);
        keys.world().metadata.transact(tx -> {
            var user = new User(
                    again,
                    ID.account(),
                    "/",
                    new UserName("ann"),
                    keys.world().clock.instant());
            tx.users().create(user);
            return user;
        });
        var other = new Caller(
                Principal.ofUser(
                        keys.world().metadata.read(tx -> tx.users().find(again).orElseThrow()), List.of(), "AKIA"),
                ID,
                root.address(),
                root.origin());

        assertThat(encrypts(other, NONE)).isFalse();
        assertThat(keys.grants(key))
                .extracting(ListGrants.Entry::granteePrincipal)
                .containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "StringEquals":{"kms:GranteePrincipal":"arn:aws:iam::999999999999:user/guest"}
            "StringEquals":{"kms:RetiringPrincipal":"arn:aws:iam::123456789012:user/ann"}
            "ForAnyValue:StringEquals":{"kms:GrantOperations":"Decrypt"}
            "StringEquals":{"kms:GrantConstraintType":"EncryptionContextSubset"}
            "StringEquals":{"kms:EncryptionContext:team":"a"}
            "Bool":{"kms:GrantIsForAWSResource":"false"}
            "Null":{"kms:ViaService":"true"}
            """)
    void a_policy_may_ask_what_is_granted(String condition) {
        var bob = keys.world().user(ID.account(), "bob", EVERYTHING);
        var cat = keys.world()
                .user(
                        ID.account(),
                        "cat",
                        EVERYTHING,
                        statement("Deny", "kms:CreateGrant", ",\"Condition\":{%s}".formatted(condition)));
        var input = KeyWorld.granting(
                key, of(guest), of(ann), new Constraints(Map.of("team", "a"), null, null), "Encrypt", "Decrypt");

        assertThat(isTaken(() -> keys.world().call(bob, keys.world().the(CreateGrant.class), input)))
                .isTrue();
        assertThat(isTaken(() -> keys.world().call(cat, keys.world().the(CreateGrant.class), input)))
                .isFalse();
    }

    @Test
    void another_account_cannot_tell_a_key_without_grants_for_it_from_none() {
        var absent = KeyWorld.arn(UUID.randomUUID().toString()).toString();
        keys.grant(root, key, of(ann), null, "Encrypt", "DescribeKey", "RetireGrant");

        assertThat(refusal(() -> keys.encrypt(guest, arn, TEXT, NONE)))
                .isEqualTo(
                        refusal(() -> keys.encrypt(guest, absent, TEXT, NONE)).replace(absent, arn));
    }
}
