package entrepot.operation.identity;

import static entrepot.operation.identity.IamCalls.assertRefused;
import static entrepot.operation.identity.IamCalls.iam;
import static entrepot.operation.identity.IamCalls.tag;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.server.RunningServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyUser;
import software.amazon.awssdk.services.iam.model.Tag;

/// Policies by IAM's API, as the AWS SDK sees them.
class PolicyOperationsTest {

    private static final String ALLOW =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"*\"}]}";

    private static RunningServer server;
    private static IamClient iam;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, Map.of());
        iam = iam(server, server.rootKey().id(), server.rootKey().secret());
    }

    @AfterAll
    static void stop() throws IOException {
        iam.close();
        server.close();
    }

    @Test
    void policies_of_a_user_come_back_as_they_were_sent() {
        var document = " " + ALLOW.replace("ecr:*", "ecr:Get*") + "\n";
        iam.createUser(r -> r.userName("inline"));
        iam.putUserPolicy(r -> r.userName("inline").policyName("p").policyDocument(document));

        var stored =
                iam.getUserPolicy(r -> r.userName("inline").policyName("p")).policyDocument();
        assertThat(stored).startsWith("%20%7B%22Version%22%3A%222012-10-17%22").contains("ecr%3AGet%2A");
        assertThat(URLDecoder.decode(stored, UTF_8)).isEqualTo(document);
        assertThat(iam.listUserPolicies(r -> r.userName("inline")).policyNames())
                .containsExactly("p");
        assertRefused(
                () -> iam.deleteUser(r -> r.userName("inline")),
                409,
                "DeleteConflict",
                "Cannot delete entity, must delete policies first.");

        iam.deleteUserPolicy(r -> r.userName("inline").policyName("p"));
        assertRefused(
                () -> iam.getUserPolicy(r -> r.userName("inline").policyName("p")),
                404,
                "NoSuchEntity",
                "The user policy with name p cannot be found.");
    }

    @Test
    void a_document_that_is_none_or_too_long_is_refused() {
        iam.createUser(r -> r.userName("wordy"));
        assertThatThrownBy(() -> iam.putUserPolicy(
                        r -> r.userName("wordy").policyName("p").policyDocument("{\"Statement\":1}")))
                .isInstanceOfSatisfying(
                        IamException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MalformedPolicyDocument"));
        assertRefused(
                () -> iam.putUserPolicy(r -> r.userName("wordy").policyName("p").policyDocument(ofSize(2_049))),
                409,
                "LimitExceeded",
                "Maximum policy size of 2048 bytes exceeded for user wordy");
        assertRefused(
                () -> iam.createPolicy(r -> r.policyName("wordy").policyDocument(ofSize(6_145))),
                409,
                "LimitExceeded",
                "Cannot exceed quota for PolicySize: 6144");
        iam.createPolicy(r -> r.policyName("wordy").policyDocument(ofSize(6_144)));
    }

    @Test
    void a_customer_policy_is_made_and_attached() {
        var policy = iam.createPolicy(r -> r.policyName("Push")
                        .path("/ci/")
                        .policyDocument(ALLOW)
                        .description("a & b")
                        .tags(tag("k", "v")))
                .policy();
        var arn = policy.arn();
        assertThat(arn).isEqualTo("arn:aws:iam::000000000000:policy/ci/Push");
        assertThat(policy.policyId()).matches("ANPA[A-Z2-7]{17}");
        iam.createUser(r -> r.userName("attached"));
        iam.attachUserPolicy(r -> r.userName("attached").policyArn(arn));
        iam.attachUserPolicy(r -> r.userName("attached").policyArn(arn));

        var found = iam.getPolicy(r -> r.policyArn(arn)).policy();
        assertThat(found.attachmentCount()).isEqualTo(1);
        assertThat(found.description()).isEqualTo("a & b");
        assertThat(found.tags()).containsExactly(tag("k", "v"));
        assertThat(iam.listPolicies(r -> r.onlyAttached(true).scope(PolicyScopeType.LOCAL))
                        .policies())
                .extracting(p -> p.arn())
                .containsExactly(arn);
        assertThat(iam.listAttachedUserPolicies(r -> r.userName("attached")).attachedPolicies())
                .singleElement()
                .satisfies(attached -> assertThat(attached.policyName()).isEqualTo("Push"));
        iam.detachUserPolicy(r -> r.userName("attached").policyArn(arn));
    }

    @Test
    void a_customer_policy_has_five_versions_at_most_and_is_deleted_with_the_last_one() {
        var arn = iam.createPolicy(r -> r.policyName("Versions").policyDocument(ALLOW))
                .policy()
                .arn();
        iam.createUser(r -> r.userName("versions"));
        iam.attachUserPolicy(r -> r.userName("versions").policyArn(arn));
        for (int i = 2; i <= 5; i++) {
            var last = i == 5;
            iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(ALLOW).setAsDefault(last));
        }
        assertRefused(
                () -> iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(ALLOW)),
                409,
                "LimitExceeded",
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an"
                        + " existing version.");
        assertVersions(arn);
        assertDeletable(arn);
    }

    @Test
    void awss_policies_are_listed_read_and_attached_and_nobody_can_change_them() {
        var arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";
        iam.createUser(r -> r.userName("pulls"));
        iam.attachUserPolicy(r -> r.userName("pulls").policyArn(arn));

        assertThat(iam.listPoliciesPaginator(r -> r.maxItems(4)).policies())
                .extracting(Policy::policyName)
                .contains("AdministratorAccess", "AmazonEC2ContainerRegistryPowerUser", "IAMFullAccess")
                .doesNotHaveDuplicates();
        var policy = iam.getPolicy(r -> r.policyArn(arn)).policy();
        assertThat(policy.attachmentCount()).isEqualTo(1);
        assertThat(policy.policyId()).matches("ANPA[A-Z2-7]{17}");
        var version = iam.getPolicyVersion(r -> r.policyArn(arn).versionId(policy.defaultVersionId()))
                .policyVersion();
        assertThat(URLDecoder.decode(version.document(), UTF_8)).contains("ecr:BatchGetImage");
        assertThatThrownBy(() -> iam.deletePolicy(r -> r.policyArn(arn))).isInstanceOf(IamException.class);
        assertRefused(
                () -> iam.attachUserPolicy(r -> r.userName("pulls").policyArn("arn:aws:iam::aws:policy/None")),
                404,
                "NoSuchEntity",
                "Policy arn:aws:iam::aws:policy/None does not exist or is not attachable.");
    }

    @Test
    void tags_of_a_policy_are_put_listed_and_removed_whatever_the_case_of_their_keys() {
        var made = tag("made", "with it");
        var arn = tagged("Tagged", made);
        iam.tagPolicy(r -> r.policyArn(arn).tags(tag("Team", "a"), tag("empty", "")));
        iam.tagPolicy(r -> r.policyArn(arn).tags(tag("TEAM", "b")));

        assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().tags())
                .containsExactly(tag("TEAM", "b"), tag("empty", ""), made);
        var first = iam.listPolicyTags(r -> r.policyArn(arn).maxItems(2));
        assertThat(first.tags()).containsExactly(tag("TEAM", "b"), tag("empty", ""));
        assertThat(first.isTruncated()).isTrue();
        var second = iam.listPolicyTags(r -> r.policyArn(arn).maxItems(2).marker(first.marker()));
        assertThat(second.tags()).containsExactly(made);
        assertThat(second.isTruncated()).isFalse();

        iam.untagPolicy(r -> r.policyArn(arn).tagKeys("team", "Made", "none"));
        assertThat(iam.listPolicyTags(r -> r.policyArn(arn)).tags()).containsExactly(tag("empty", ""));
        iam.deletePolicy(r -> r.policyArn(arn));
        assertThat(tagged("Tagged")).isEqualTo(arn);
        assertThat(iam.listPolicyTags(r -> r.policyArn(arn)).tags()).isEmpty();
    }

    @Test
    void a_policy_has_fifty_tags_at_most_and_none_that_are_reserved_or_there_twice() {
        var arn = tagged("Full");
        iam.tagPolicy(r -> r.policyArn(arn)
                .tags(IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "")).toList()));
        iam.tagPolicy(r -> r.policyArn(arn).tags(tag("K7", "replaced")));

        assertRefused(
                () -> iam.tagPolicy(r -> r.policyArn(arn).tags(tag("more", ""))),
                409,
                "LimitExceeded",
                "The number of tags has reached the maximum limit.");
        assertRefused(
                () -> iam.tagPolicy(r -> r.policyArn(arn).tags(tag("a", "1"), tag("A", "2"))),
                400,
                "InvalidInput",
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        assertRefused(
                () -> iam.tagPolicy(r -> r.policyArn(arn).tags(tag("AWS:made", "1"))),
                400,
                "InvalidInput",
                "System tags cannot be added/updated/deleted by user: AWS:made");
        assertThat(iam.listPolicyTags(r -> r.policyArn(arn)).tags()).hasSize(50).contains(tag("K7", "replaced"));
    }

    @Test
    void a_tag_whose_letters_are_of_another_plane_is_on_a_page_too() {
        var wide = tag("\uff21", "U+FF21");
        var deseret = tag("\ud801\udc00", "U+10400");
        var arn = tagged("Planes", wide, deseret);

        var first = iam.listPolicyTags(r -> r.policyArn(arn).maxItems(1));
        assertThat(first.tags()).containsExactly(wide);
        assertThat(iam.listPolicyTags(r -> r.policyArn(arn).maxItems(1).marker(first.marker()))
                        .tags())
                .containsExactly(deseret);
    }

    @Test
    void awss_policies_have_no_tags_and_take_none() {
        var arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";
        var words = "Policy " + arn + " was not found.";

        assertThat(iam.listPolicyTags(r -> r.policyArn(arn)).tags()).isEmpty();
        assertRefused(() -> iam.tagPolicy(r -> r.policyArn(arn).tags(tag("k", "v"))), 404, "NoSuchEntity", words);
        assertRefused(() -> iam.untagPolicy(r -> r.policyArn(arn).tagKeys("k")), 404, "NoSuchEntity", words);
    }

    private static String tagged(String name, Tag... tags) {
        return iam.createPolicy(r -> r.policyName(name).policyDocument(ALLOW).tags(tags))
                .policy()
                .arn();
    }

    @Test
    void to_whom_a_policy_is_attached_is_told_page_by_page() {
        var arn = iam.createPolicy(r -> r.policyName("Shared").policyDocument(ALLOW))
                .policy()
                .arn();
        for (var name : List.of("entity-c", "entity-a", "entity-b")) {
            iam.createUser(r -> r.userName(name).path(name.endsWith("b") ? "/b/" : "/"));
            iam.attachUserPolicy(r -> r.userName(name).policyArn(arn));
        }

        var all = iam.listEntitiesForPolicyPaginator(r -> r.policyArn(arn).maxItems(2));
        assertThat(all.policyUsers())
                .extracting(PolicyUser::userName)
                .containsExactly("entity-a", "entity-b", "entity-c");
        assertThat(all.policyUsers())
                .allSatisfy(user -> assertThat(user.userId()).matches("AIDA[A-Z2-7]{17}"));
        assertThat(all.policyRoles()).isEmpty();
        assertThat(iam.listEntitiesForPolicy(r -> r.policyArn(arn).pathPrefix("/b/"))
                        .policyUsers())
                .hasSize(1);
        assertThat(iam.listEntitiesForPolicy(r -> r.policyArn(arn).entityFilter("Role"))
                        .policyUsers())
                .isEmpty();
        assertThat(iam.listEntitiesForPolicy(r -> r.policyArn(arn).policyUsageFilter("PermissionsBoundary"))
                        .policyUsers())
                .isEmpty();
        assertRefused(
                () -> iam.listEntitiesForPolicy(r -> r.policyArn(arn + "s")),
                404,
                "NoSuchEntity",
                "Policy %ss was not found.".formatted(arn));
    }

    @Test
    void what_is_no_arn_is_refused_in_iams_words() {
        iam.createUser(r -> r.userName("misled"));
        var arn = "arn:aws:iam::000000000000:user/misled";
        var message = "ARN %s is not valid.".formatted(arn);

        assertRefused(() -> iam.getPolicy(r -> r.policyArn(arn)), 400, "InvalidInput", message);
        assertRefused(() -> iam.deletePolicy(r -> r.policyArn(arn)), 400, "InvalidInput", message);
        assertRefused(
                () -> iam.attachUserPolicy(r -> r.userName("misled").policyArn(arn)), 400, "InvalidInput", message);
        assertRefused(
                () -> iam.detachUserPolicy(r -> r.userName("misled").policyArn(arn)), 400, "InvalidInput", message);
        assertRefused(
                () -> iam.createPolicy(r -> r.policyName("Misled").policyDocument(ALLOW.replace("\"*\"", "\"app\""))),
                400,
                "MalformedPolicyDocument",
                "Resource app must be in ARN format or \"*\".");
        assertRefused(
                () -> iam.createPolicy(r -> r.policyName("Misled")
                        .policyDocument(ALLOW.replace("\"Effect\"", "\"Sid\":\"a-b\",\"Effect\""))),
                400,
                "MalformedPolicyDocument",
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression"
                        + " [0-9A-Za-z]*");
    }

    private static void assertVersions(String arn) {
        assertThat(iam.listPolicyVersionsPaginator(r -> r.policyArn(arn).maxItems(2))
                        .versions())
                .extracting(v -> v.versionId() + v.isDefaultVersion())
                .containsExactly("v5true", "v4false", "v3false", "v2false", "v1false");
        assertThat(iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v5"))
                        .policyVersion()
                        .document())
                .startsWith("%7B");
    }

    private static void assertDeletable(String arn) {
        assertRefused(
                () -> iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v5")),
                409,
                "DeleteConflict",
                "Cannot delete the default version of a policy.");
        iam.setDefaultPolicyVersion(r -> r.policyArn(arn).versionId("v1"));
        assertRefused(
                () -> iam.deletePolicy(r -> r.policyArn(arn)),
                409,
                "DeleteConflict",
                "Cannot delete a policy attached to entities.");
        iam.detachUserPolicy(r -> r.userName("versions").policyArn(arn));
        IntStream.rangeClosed(2, 5)
                .forEach(i -> iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v" + i)));
        iam.deletePolicy(r -> r.policyArn(arn));
        assertRefused(
                () -> iam.getPolicy(r -> r.policyArn(arn)),
                404,
                "NoSuchEntity",
                "Policy %s was not found.".formatted(arn));
    }

    /// A good document of so many characters.
    private static String ofSize(int length) {
        var base = ALLOW.replace("\"ecr:*\"", "[\"ecr:*\"]");
        var missing = length - base.length();
        var actions = IntStream.rangeClosed(1, missing / 100)
                .map(i -> 100 + (i == 1 ? missing % 100 : 0))
                .mapToObj(size -> "\"ecr:%s\",".formatted("x".repeat(size - 7)))
                .collect(Collectors.joining());
        return base.replace("[\"ecr", "[" + actions + "\"ecr");
    }
}
