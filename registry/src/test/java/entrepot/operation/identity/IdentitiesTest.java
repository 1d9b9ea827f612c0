package entrepot.operation.identity;

import static entrepot.operation.identity.IamCalls.assertRefused;
import static entrepot.operation.identity.IamCalls.iam;
import static entrepot.operation.identity.IamCalls.outcome;
import static entrepot.operation.identity.IamCalls.sts;
import static entrepot.operation.identity.IamCalls.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.User;

/// IAM and STS on the registry's port, as the AWS SDK sees them: users and keys.
class IdentitiesTest {

    private static final String ACCOUNT = "000000000000";

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
    void the_caller_is_told_who_they_are() throws IOException {
        try (var sts = sts(server, server.rootKey().id(), server.rootKey().secret())) {
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
    void a_user_has_nothing_of_what_is_not_kept_here() {
        iam.createUser(r -> r.userName("lone"));

        assertThat(iam.listGroupsForUser(r -> r.userName("lone")).hasGroups()).isTrue();
        assertThat(iam.listSSHPublicKeys(r -> r.userName("lone")).hasSshPublicKeys())
                .isTrue();
        assertThat(iam.listMFADevices(r -> r.userName("lone")).hasMfaDevices()).isTrue();
        assertThat(iam.listVirtualMFADevices().hasVirtualMFADevices()).isTrue();
        assertThat(iam.listSigningCertificates(r -> r.userName("lone")).hasCertificates())
                .isTrue();
        assertThat(iam.listServiceSpecificCredentials(r -> r.userName("lone")).hasServiceSpecificCredentials())
                .isTrue();
        assertRefused(
                () -> iam.getLoginProfile(r -> r.userName("lone")),
                404,
                "NoSuchEntity",
                "Login Profile for User lone cannot be found.");
        assertRefused(
                () -> iam.getLoginProfile(r -> r.userName("nobody")),
                404,
                "NoSuchEntity",
                "The user with name nobody cannot be found.");
        assertRefused(
                () -> iam.deleteLoginProfile(r -> r.userName("lone")),
                404,
                "NoSuchEntity",
                "Login Profile for User lone cannot be found.");
        assertRefused(
                () -> iam.listMFADevices(r -> r.userName("nobody")),
                404,
                "NoSuchEntity",
                "The user with name nobody cannot be found.");
        assertRefused(
                () -> iam.listSigningCertificates(r -> r.userName("lone").marker("x")),
                400,
                "ValidationError",
                "Invalid Marker.");
    }

    @Test
    void a_credential_may_be_scoped_to_aws_global() throws IOException {
        try (var global = iam(server, server.rootKey().id(), server.rootKey().secret(), Region.AWS_GLOBAL)) {
            assertThat(global.getUser().user().arn()).isEqualTo("arn:aws:iam::000000000000:root");
        }
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
        try (var sts = sts(server, key.accessKeyId(), key.secretAccessKey())) {
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
        try (var bare = iam(server, key.accessKeyId(), key.secretAccessKey())) {
            assertRefused(
                    bare::getUser,
                    403,
                    "AccessDenied",
                    "User: arn:aws:iam::000000000000:user/bare is not authorized to perform: iam:GetUser on resource:"
                            + " user bare because no identity-based policy allows the iam:GetUser action");
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
        try (var wrong = iam(server, server.rootKey().id(), "x");
                var unknown = iam(server, "AKIAAAAAAAAAAAAAAAAA", "x")) {
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
}
