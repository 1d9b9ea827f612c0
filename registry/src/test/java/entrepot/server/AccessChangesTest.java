package entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.server.AccessPeople.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;

/// Whatever changes who may do what is felt by the very next request, on both doors.
class AccessChangesTest {

    private static final String APP = "app";
    private static final String PULL = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:ListImages", "Resource": "*"}]}""";

    private static RunningServer server;
    private static Wire wire;
    private static IamClient iam;
    private static Map<String, Person> people;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        people = AccessPeople.create(data);
        server = RunningServer.start(data, Map.of());
        var port = server.url("/").getPort();
        wire = new Wire(port, "localhost:" + port);
        people.values().forEach(person -> person.logIn(wire, false));
        server.ecr().createRepository(r -> r.repositoryName(APP));
        var root = server.rootKey();
        iam = IamClient.builder()
                .endpointOverride(server.url("/"))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(root.id(), root.secret())))
                .build();
    }

    @AfterAll
    static void stop() throws IOException {
        iam.close();
        server.close();
    }

    @Test
    void a_repositorys_policy_is_felt_at_once_while_others_read() throws Exception {
        var bare = person("bare");
        var over = new AtomicBoolean();
        var finished = new AtomicInteger();
        var begun = new AtomicInteger();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var reading = List.of(
                    readers.submit(() -> read(bare, over, begun, finished)),
                    readers.submit(() -> read(bare, over, begun, finished)));
            for (var change = 1; change <= 30; change++) {
                begun.set(change);
                change(change);
                finished.set(change);
                assertMay(bare, change % 2 == 1);
            }
            over.set(true);
            for (var reader : reading) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    /// Compares what is answered where no change began meanwhile. Gives how often it asked.
    private static int read(Person person, AtomicBoolean over, AtomicInteger begun, AtomicInteger finished)
            throws IOException {
        var asked = 0;
        do {
            var seen = finished.get();
            var allowed = mayByJson(person);
            if (begun.get() == seen) {
                assertThat(allowed).as("after change %d", seen).isEqualTo(seen % 2 == 1);
            }
            asked++;
        } while (!over.get());
        return asked;
    }

    private static void change(int number) {
        if (number % 2 == 1) {
            server.ecr().setRepositoryPolicy(r -> r.repositoryName(APP).policyText("""
                    {"Statement": [{"Effect": "Allow", "Action": "ecr:ListImages",
                      "Principal": {"AWS": "arn:aws:iam::000000000000:user/bare"}}]}"""));
        } else {
            server.ecr().deleteRepositoryPolicy(r -> r.repositoryName(APP));
        }
    }

    @Test
    void a_users_policies_and_tags_are_felt_at_once() throws IOException {
        var denied = person("denied");
        assertMay(denied, false);
        var deny = iam.getUserPolicy(r -> r.userName("denied").policyName("p2"));
        iam.deleteUserPolicy(r -> r.userName("denied").policyName("p2"));
        assertMay(denied, true);
        iam.deleteUserPolicy(r -> r.userName("denied").policyName("p1"));
        assertMay(denied, false);

        assertThat(deny.policyName()).isEqualTo("p2");
        iam.putUserPolicy(r -> r.userName("denied")
                .policyName("tagged")
                .policyDocument(PULL.replace(
                        "\"Resource\"",
                        "\"Condition\": {\"StringEquals\": {\"aws:PrincipalTag/team\": \"a\"}}, \"Resource\"")));
        assertMay(denied, false);
        var team = Tag.builder().key("team").value("a").build();
        iam.tagUser(r -> r.userName("denied").tags(team));
        assertMay(denied, true);
        iam.untagUser(r -> r.userName("denied").tagKeys("team"));
        assertMay(denied, false);

        var policy = iam.createPolicy(r -> r.policyName("pull").policyDocument(PULL))
                .policy()
                .arn();
        iam.attachUserPolicy(r -> r.userName("denied").policyArn(policy));
        assertMay(denied, true);
        iam.createPolicyVersion(r -> r.policyArn(policy)
                .policyDocument(PULL.replace("Allow", "Deny"))
                .setAsDefault(true));
        assertMay(denied, false);
    }

    @Test
    void a_key_that_is_inactive_or_gone_is_dead_at_once_and_its_password_too() throws IOException {
        var allowed = person("allowed");
        var id = allowed.key().accessKeyId();
        assertMay(allowed, true);

        iam.updateAccessKey(r -> r.userName("allowed").accessKeyId(id).status(StatusType.INACTIVE));
        assertDead(allowed);
        iam.updateAccessKey(r -> r.userName("allowed").accessKeyId(id).status(StatusType.ACTIVE));
        assertMay(allowed, true);
        iam.deleteAccessKey(r -> r.userName("allowed").accessKeyId(id));
        assertDead(allowed);
    }

    private static void assertDead(Person person) throws IOException {
        assertThat(byJson(person).head()).isEqualTo("400 UnrecognizedClientException");
        assertThat(byV2(person).head()).isEqualTo("401 UNAUTHORIZED");
    }

    private static void assertMay(Person person, boolean expected) throws IOException {
        assertThat(mayByJson(person)).isEqualTo(expected);
        assertThat(byV2(person).status()).isEqualTo(expected ? "200" : "403");
    }

    private static boolean mayByJson(Person person) throws IOException {
        var answer = byJson(person);
        assertThat(answer.isRefusal() ? answer.head() : answer.status()).isIn("200", "400 AccessDeniedException");
        return !answer.isRefusal();
    }

    private static WireAnswer byJson(Person person) throws IOException {
        var body = "{\"repositoryName\":\"app\"}";
        return wire.post(wire.sign(person.key(), "ecr", Wire.json("ListImages"), body, Clock.systemUTC()), body);
    }

    private static WireAnswer byV2(Person person) throws IOException {
        return wire.send("GET", "/v2/app/tags/list", List.of("Authorization: Basic " + person.token()), "");
    }

    private static Person person(String name) {
        return Objects.requireNonNull(people.get(name));
    }
}
