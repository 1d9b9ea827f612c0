package entrepot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;

/// IAM and STS on the registry's port, as the AWS SDK sees them.
class IdentitiesTest {

    private static final String ACCOUNT = "000000000000";
    private static final String ALLOW =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"*\"}]}";

    private static RunningServer server;
    private static IamClient iam;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, Map.of());
        iam = iam(server.rootKey().id(), server.rootKey().secret());
    }

    @AfterAll
    static void stop() throws IOException {
        iam.close();
        server.close();
    }

    @Test
    void the_caller_is_told_who_they_are() throws IOException {
        try (var sts = sts(server.rootKey().id(), server.rootKey().secret())) {
            var identity = sts.getCallerIdentity();

            assertThat(identity.arn()).isEqualTo("arn:aws:iam::000000000000:root");
            assertThat(identity.account()).isEqualTo(ACCOUNT);
            assertThat(identity.userId()).isEqualTo(ACCOUNT);
        }
        assertThat(iam.getUser().user().arn()).isEqualTo("arn:aws:iam::000000000000:root");
    }

    @Test
    void a_user_is_made_found_renamed_and_deleted() {
        var made = iam.createUser(r -> r.userName("Ann").path("/team/").tags(tag("k", "é ü/=@")))
                .user();
        assertThat(made.userId()).matches("AIDA[A-Z2-7]{17}");
        assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000000:user/team/Ann");

        assertThat(iam.getUser(r -> r.userName("ann")).user()).isEqualTo(made);

        iam.updateUser(r -> r.userName("ann").newUserName("Anna").newPath("/"));
        var renamed = iam.getUser(r -> r.userName("Anna")).user();
        assertThat(renamed.arn()).isEqualTo("arn:aws:iam::000000000000:user/Anna");
        assertThat(renamed.userId()).isEqualTo(made.userId());
        assertThat(renamed.tags()).containsExactly(tag("k", "é ü/=@"));

        iam.deleteUser(r -> r.userName("Anna"));
        assertRefused(
                () -> iam.getUser(r -> r.userName("Anna")),
                404,
                "NoSuchEntity",
                "The user with name Anna cannot be found.");
    }

    @Test
    void a_name_is_given_once_whatever_its_case() {
        iam.createUser(r -> r.userName("twice"));

        assertRefused(
                () -> iam.createUser(r -> r.userName("TWICE")),
                409,
                "EntityAlreadyExists",
                "User with name TWICE already exists.");
    }

    @Test
    void users_are_listed_page_by_page() {
        IntStream.range(0, 5)
                .forEach(i -> iam.createUser(r -> r.userName("page" + i).path("/pages/")));

        var first = iam.listUsers(r -> r.pathPrefix("/pages/").maxItems(2));
        assertThat(first.isTruncated()).isTrue();
        var all =
                iam.listUsersPaginator(r -> r.pathPrefix("/pages/").maxItems(2)).users();
        assertThat(all).extracting(User::userName).containsExactly("page0", "page1", "page2", "page3", "page4");
        assertRefused(
                () -> iam.listUserPolicies(r -> r.userName("page0").marker(first.marker())),
                400,
                "ValidationError",
                "Invalid Marker.");
    }

    @Test
    void tags_are_put_listed_and_removed_whatever_the_case_of_their_keys() {
        iam.createUser(r -> r.userName("tagged"));
        iam.tagUser(r -> r.userName("tagged").tags(tag("Team", "a"), tag("empty", "")));
        iam.tagUser(r -> r.userName("tagged").tags(tag("TEAM", "b")));
        assertThat(iam.listUserTags(r -> r.userName("tagged")).tags())
                .containsExactly(tag("TEAM", "b"), tag("empty", ""));

        iam.untagUser(r -> r.userName("tagged").tagKeys("team"));
        assertThat(iam.listUserTags(r -> r.userName("tagged")).tags()).containsExactly(tag("empty", ""));
        assertRefused(
                () -> iam.tagUser(r -> r.userName("tagged").tags(tag("a", "1"), tag("A", "2"))),
                400,
                "InvalidInput",
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        assertThat(iam.listGroupsForUser(r -> r.userName("tagged")).groups()).isEmpty();
    }

    @Test
    void a_key_works_until_it_is_inactive_and_is_dead_once_deleted() {
        iam.createUser(r -> r.userName("keyed"));
        var key = iam.createAccessKey(r -> r.userName("keyed")).accessKey();
        try (var sts = sts(key.accessKeyId(), key.secretAccessKey())) {
            assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000000:user/keyed");
            assertThat(iam.getAccessKeyLastUsed(r -> r.accessKeyId(key.accessKeyId()))
                            .accessKeyLastUsed()
                            .serviceName())
                    .isEqualTo("sts");

            setStatus(key, StatusType.INACTIVE);
            assertThatThrownBy(sts::getCallerIdentity).hasMessageContaining("security token");
            setStatus(key, StatusType.ACTIVE);
            assertThat(sts.getCallerIdentity().userId()).startsWith("AIDA");

            iam.deleteAccessKey(r -> r.userName("keyed").accessKeyId(key.accessKeyId()));
            assertThatThrownBy(sts::getCallerIdentity).hasMessageContaining("security token");
        }
        assertThat(iam.listAccessKeys(r -> r.userName("keyed")).accessKeyMetadata())
                .isEmpty();
    }

    @Test
    void a_user_may_do_nothing_without_grants_not_even_to_itself() {
        iam.createUser(r -> r.userName("bare"));
        var key = iam.createAccessKey(r -> r.userName("bare")).accessKey();
        try (var bare = iam(key.accessKeyId(), key.secretAccessKey())) {
            assertRefused(
                    bare::getUser,
                    403,
                    "AccessDenied",
                    "User: arn:aws:iam::000000000000:user/bare is not authorized to perform: iam:GetUser on resource:"
                            + " arn:aws:iam::000000000000:user/bare because no identity-based policy allows the"
                            + " iam:GetUser action");
            assertRefused(
                    () -> bare.createUser(r -> r.userName("minion")),
                    403,
                    "AccessDenied",
                    "User: arn:aws:iam::000000000000:user/bare is not authorized to perform: iam:CreateUser on"
                            + " resource: arn:aws:iam::000000000000:user/minion because no identity-based policy"
                            + " allows the iam:CreateUser action");
        }
    }

    @Test
    void of_many_keys_made_at_once_two_are_made() throws Exception {
        iam.createUser(r -> r.userName("greedy"));
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> calls = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(
                            i -> () -> outcome(() -> iam.createAccessKey(r -> r.userName("greedy"))))
                    .toList();
            var outcomes = threads.invokeAll(calls).stream()
                    .map(future -> future.resultNow())
                    .toList();

            assertThat(outcomes).filteredOn("made"::equals).hasSize(2);
            assertThat(outcomes)
                    .filteredOn(outcome -> !outcome.equals("made"))
                    .containsOnly("LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2");
        }
        assertThat(iam.listAccessKeys(r -> r.userName("greedy")).accessKeyMetadata())
                .hasSize(2);
    }

    @Test
    void of_deletes_and_creates_at_once_nothing_is_left_over() throws Exception {
        for (int i = 0; i < 10; i++) {
            var name = "racing" + i;
            iam.createUser(r -> r.userName(name));
            try (var threads = Executors.newFixedThreadPool(2)) {
                var deleted = threads.submit(() -> outcome(() -> iam.deleteUser(r -> r.userName(name))));
                var keyed = threads.submit(() -> outcome(() -> iam.createAccessKey(r -> r.userName(name))));

                assertThat(List.of(deleted.get(), keyed.get()))
                        .isIn(
                                List.of("made", "NoSuchEntity: The user with name %s cannot be found.".formatted(name)),
                                List.of(
                                        "DeleteConflict: Cannot delete entity, must delete access keys first.",
                                        "made"));
            }
        }
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
    void a_customer_policy_has_five_versions_at_most_and_is_attached_and_deleted() {
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
        assertThat(iam.listPolicyVersionsPaginator(r -> r.policyArn(arn).maxItems(2))
                        .versions())
                .extracting(v -> v.versionId() + v.isDefaultVersion())
                .containsExactly("v5true", "v4false", "v3false", "v2false", "v1false");
        assertThat(iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v5"))
                        .policyVersion()
                        .document())
                .startsWith("%7B");
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
        iam.detachUserPolicy(r -> r.userName("attached").policyArn(arn));
        IntStream.rangeClosed(2, 5)
                .forEach(i -> iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v" + i)));
        iam.deletePolicy(r -> r.policyArn(arn));
        assertRefused(
                () -> iam.getPolicy(r -> r.policyArn(arn)),
                404,
                "NoSuchEntity",
                "Policy %s was not found.".formatted(arn));
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
    void every_violation_is_told_at_once() {
        assertRefused(
                () -> iam.createUser(r -> r.userName("a b").path("x")),
                400,
                "ValidationError",
                "2 validation errors detected: Value at 'path' failed to satisfy constraint: Member must satisfy"
                        + " regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F); Value at 'userName'"
                        + " failed to satisfy constraint: Member must satisfy regular expression pattern:"
                        + " [\\w+=,.@-]+");
    }

    @Test
    void what_is_not_built_says_so() {
        assertRefused(
                () -> iam.createGroup(r -> r.groupName("g")),
                501,
                "NotImplemented",
                "This registry does not have the operation CreateGroup.");
    }

    @Test
    void a_wrong_secret_and_an_unknown_key_are_refused_in_the_words_of_the_query_protocol() throws IOException {
        try (var wrong = iam(server.rootKey().id(), "x");
                var unknown = iam("AKIAAAAAAAAAAAAAAAAA", "x")) {
            assertThatThrownBy(wrong::listUsers).isInstanceOfSatisfying(IamException.class, e -> {
                assertThat(e.statusCode()).isEqualTo(403);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
            });
            assertRefused(
                    unknown::listUsers,
                    403,
                    "InvalidClientTokenId",
                    "The security token included in the request is invalid.");
        }
    }

    @Test
    void a_key_of_a_user_has_no_rights_in_ecr_yet() throws IOException {
        iam.createUser(r -> r.userName("puller"));
        var key = iam.createAccessKey(r -> r.userName("puller")).accessKey();
        try (var ecr = server.client()
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
                .build()) {
            assertThatThrownBy(ecr::describeRepositories)
                    .isInstanceOf(EcrException.class)
                    .hasMessageContaining("User: arn:aws:iam::000000000000:user/puller is not authorized to perform");
        }
    }

    private static void setStatus(AccessKey key, StatusType status) {
        iam.updateAccessKey(
                r -> r.userName("keyed").accessKeyId(key.accessKeyId()).status(status));
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

    private static String outcome(Runnable call) {
        try {
            call.run();
            return "made";
        } catch (IamException e) {
            return e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
        }
    }

    private static void assertRefused(ThrowingCallable call, int status, String code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(IamException.class, e -> {
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static IamClient iam(String id, String secret) {
        return IamClient.builder()
                .endpointOverride(server.url("/"))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .build();
    }

    private static StsClient sts(String id, String secret) {
        return StsClient.builder()
                .endpointOverride(server.url("/"))
                .region(Region.EU_WEST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .build();
    }
}
