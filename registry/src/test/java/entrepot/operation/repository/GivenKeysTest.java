package entrepot.operation.repository;

import static entrepot.operation.World.ID;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.STRANGER;
import static entrepot.operation.World.error;
import static entrepot.operation.World.isTaken;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import entrepot.operation.World;
import entrepot.operation.key.KeyWorld;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may give a repository a key: whoever could see it and grant it, by way of ECR.
class GivenKeysTest {

    private static final String ECR = allow("ecr:*", "");

    @AutoClose
    private final KeyWorld keys = KeyWorld.create();

    private final World world = keys.world();
    private final String key = keys.key();
    private final String arn = KeyWorld.arn(key).toString();

    @BeforeEach
    void name_the_key() {
        keys.alias("alias/there", key);
    }

    private static String allow(String action, String more) {
        return "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[\"%s\"],\"Resource\":\"*\"%s}}"
                .formatted(action.replace(",", "\",\""), more);
    }

    private Caller user(String name, String... policies) {
        return world.user(ID.account(), name, policies);
    }

    private void create(Caller caller, @Nullable String named) {
        var encryption = new EncryptionConfiguration("KMS", named);
        world.call(
                caller,
                world.the(CreateRepository.class),
                new CreateRepository.Input(null, OTHER, null, null, null, null, encryption));
    }

    private boolean isThere(RegistryId registry) {
        return world.metadata.read(tx -> tx.repositories().find(registry, OTHER).isPresent());
    }

    private RepositoryError.Kms refused(Caller caller, String named) {
        var refusal = (RepositoryError.Kms) error(() -> create(caller, named));
        assertThat(isThere(caller.registry())).isFalse();
        assertThat(keys.grants(key)).isEmpty();
        return refusal;
    }

    @ParameterizedTest
    @CsvSource({"kms:DescribeKey", "kms:CreateGrant", "'kms:Encrypt,kms:Decrypt,kms:GenerateDataKey'"})
    void who_may_not_see_and_grant_a_key_gives_it_to_no_repository(String allowed) {
        var ann = user("ann", ECR, allow(allowed, ""));

        for (var named : List.of(key, arn, "alias/there", "arn:aws:kms:eu-west-1:123456789012:alias/there")) {
            var refusal = refused(ann, named);
            assertThat(refusal.kmsError()).isEqualTo("KMS.AccessDeniedException");
            assertThat(refusal.message())
                    .startsWith("User: arn:aws:iam::123456789012:user/ann is not authorized to perform: kms:")
                    .contains(" on resource: " + named + " because no identity-based policy allows the kms:");
        }
    }

    @ParameterizedTest
    @CsvSource({"id", "arn", "alias/there", "arn:aws:kms:eu-west-1:123456789012:alias/there"})
    void who_may_see_and_grant_it_gives_it(String form) {
        var named = form.equals("id") ? key : form.equals("arn") ? arn : form;
        world.audit.clear();

        create(user("ann", ECR, allow("kms:DescribeKey,kms:CreateGrant", "")), named);

        assertThat(keys.grants(key)).hasSize(2);
        assertThat(world.audit)
                .filteredOn(event -> event.name().equals("CreateRepository"))
                .extracting(event -> event.permissions().stream()
                        .map(Permission::action)
                        .distinct()
                        .toList())
                .containsExactly(List.of("ecr:CreateRepository"), List.of("kms:DescribeKey", "kms:CreateGrant"));
    }

    @Test
    void a_policy_may_let_a_key_be_granted_by_way_of_ecr_alone() {
        var describe = allow("kms:DescribeKey", """
                ,"Condition":{"StringEquals":{"kms:ViaService":"ecr.eu-west-1.amazonaws.com"},
                "Bool":{"aws:ViaAWSService":"true"}}""");
        var ann = user("ann", ECR, describe, allow("kms:CreateGrant", """
                ,"Condition":{"StringEquals":{"kms:ViaService":"ecr.eu-west-1.amazonaws.com",
                "kms:GranteePrincipal":"ecr.eu-west-1.amazonaws.com",
                "kms:RetiringPrincipal":"ecr.eu-west-1.amazonaws.com",
                "kms:GrantConstraintType":"EncryptionContextSubset",
                "kms:EncryptionContext:aws:ecr:arn":"arn:aws:ecr:eu-west-1:123456789012:repository/other"},
                "Bool":{"kms:GrantIsForAWSResource":"true"},
                "ForAllValues:StringEquals":{"kms:GrantOperations":
                ["GenerateDataKey","Decrypt","RetireGrant","DescribeKey"]}}"""));

        assertThat(isTaken(() -> keys.grant(ann, key, ann.principal().arn(), null, "Decrypt")))
                .isFalse();
        create(ann, arn);
        assertThat(keys.grants(key)).hasSize(2);
    }

    @Test
    void a_key_whose_policy_denies_it_is_not_given_by_any_name() {
        keys.policy(key, """
                {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "kms:*",
                "Resource": "*"}, {"Effect": "Deny", "Principal": "*", "Action": "kms:CreateGrant", "Resource": "*",
                "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}}}]}""");

        for (var named : List.of(key, arn, "alias/there")) {
            assertThat(refused(world.root, named).message())
                    .endsWith("with an explicit deny in a resource-based policy");
        }
    }

    @Test
    void a_key_of_another_account_is_refused_as_one_that_is_not_there() {
        var guest = world.user(STRANGER, "guest", ECR, allow("kms:*", ""));
        var absent = UUID.randomUUID().toString();
        var alias = "arn:aws:kms:eu-west-1:123456789012:alias/";

        var refusal = refused(guest, arn);

        assertThat(refusal.kmsError()).isEqualTo("KMS.AccessDeniedException");
        assertThat(refusal.message()).endsWith("because no resource-based policy allows the kms:DescribeKey action");
        assertThat(refused(guest, KeyWorld.arn(absent).toString()).toString().replace(absent, key))
                .isEqualTo(refusal.toString());
        assertThat(refused(guest, alias + "absent").toString().replace("absent", "there"))
                .isEqualTo(refused(guest, alias + "there").toString());
    }

    @Test
    void a_key_of_ones_own_account_that_is_not_there_is_told_only_to_who_might_see_it() {
        var absent = UUID.randomUUID().toString();

        assertThat(refused(world.root, absent).kmsError()).isEqualTo("KMS.NotFoundException");
        assertThat(refused(world.root, "alias/absent").kmsError()).isEqualTo("KMS.NotFoundException");
        var ann = user("ann", ECR);
        assertThat(refused(ann, absent).toString().replace(absent, key))
                .isEqualTo(refused(ann, key).toString());
        assertThat(refused(ann, "alias/absent").toString().replace("absent", "there"))
                .isEqualTo(refused(ann, "alias/there").toString());
    }

    @Test
    void another_accounts_key_is_given_by_its_policy_or_by_a_grant() {
        var guest = world.user(STRANGER, "guest", ECR);
        keys.grant(
                world.root,
                key,
                guest.principal().arn(),
                null,
                "DescribeKey",
                "CreateGrant",
                "GenerateDataKey",
                "Decrypt",
                "RetireGrant");

        create(guest, arn);

        assertThat(isThere(new RegistryId(STRANGER, ID.region()))).isTrue();
        assertThat(keys.grants(key)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"NULL", "alias/aws/ecr"},
            nullValues = "NULL")
    void the_usual_key_is_everybodys_who_may_make_repositories(@Nullable String named) {
        create(user("ann", ECR), named);

        assertThat(isThere(ID)).isTrue();
    }
}
