package entrepot.console;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.model.ReplicationDestination;
import software.amazon.awssdk.services.ecr.model.ReplicationRule;
import software.amazon.awssdk.services.ecr.model.RepositoryFilter;
import software.amazon.awssdk.services.iam.IamClient;

/// Pages about a registry as a whole and about users.
class RegistryPagesTest {

    private static final String HERE = "/console/us-east-1/";
    private static final String ANN = "arn:aws:iam::000000000000:user/ann";
    private static final String APP = "arn:aws:ecr:us-east-1:000000000000:repository/pages/app";
    private static final String PUSHES = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"},
             {"Effect":"Deny","Action":"ecr:TagResource","Resource":"*","Condition":{"Bool":{"a:b<b>":"true"}}}]}""";
    private static final String OF_REGISTRY = """
            {"Version":"2012-10-17","Statement":[{"Sid":"Copies","Effect":"Allow",
             "Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"ecr:ReplicateImage",
             "Resource":"arn:aws:ecr:us-east-1:000000000000:repository/*"}]}""";

    private static RunningServer server;
    private static IamClient iam;
    private static Browser root;
    private static Browser ann;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, Map.of("history.keep", "1d"));
        var key = server.rootKey();
        iam = IamClient.builder()
                .endpointOverride(server.url("/"))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .build();
        root = Browser.root(server);
        iam.createUser(r -> r.userName("ann"));
        iam.putUserPolicy(r -> r.userName("ann").policyName("push").policyDocument(PUSHES));
        var anns = iam.createAccessKey(r -> r.userName("ann")).accessKey();
        ann = Browser.signedIn(server, anns.accessKeyId(), anns.secretAccessKey());
        server.ecr().createRepository(r -> r.repositoryName("pages/app"));
    }

    @AfterAll
    static void stop() throws IOException {
        root.close();
        ann.close();
        iam.close();
        server.close();
    }

    private static void done(String page, Map<String, String> fields) {
        var answer = root.submit(page, page, fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    @Test
    void a_registrys_policy_is_written_read_and_deleted_after_a_question() {
        done(HERE + "registry", Map.of("policy", OF_REGISTRY));
        assertThat(server.ecr().getRegistryPolicy(r -> {}).policyText()).contains("Copies");
        assertThat(root.get(HERE + "registry").body()).contains("Copies", "Delete the policy");

        var wrong = root.submit(HERE + "registry", HERE + "registry", Map.of("policy", "{\"a\": \"<i>\"}"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("role=\"alert\"", "&lt;i&gt;");

        var question = HERE + "confirm?act=delete-registry-policy";
        assertThat(root.get(question).body()).contains("The policy of registry 000000000000 in us-east-1 goes.");
        done(question, Map.of());
        assertThat(root.get(HERE + "registry").body()).doesNotContain("Copies");
    }

    @Test
    void settings_of_a_registry_are_shown() {
        server.ecr()
                .createPullThroughCacheRule(r -> r.ecrRepositoryPrefix("quay").upstreamRegistryUrl("quay.io"));
        var rule = ReplicationRule.builder()
                .destinations(ReplicationDestination.builder()
                        .region("eu-west-1")
                        .registryId("000000000000")
                        .build())
                .repositoryFilters(RepositoryFilter.builder()
                        .filter("team/")
                        .filterType("PREFIX_MATCH")
                        .build())
                .build();
        server.ecr().putReplicationConfiguration(r -> r.replicationConfiguration(c -> c.rules(rule)));

        assertThat(root.get(HERE + "registry-settings").body())
                .contains(
                        "BASIC",
                        "quay.io",
                        "000000000000 in eu-west-1",
                        "team/*",
                        "BLOB_MOUNTING",
                        "Signing configuration does not exist");
    }

    @Test
    void users_are_paged_and_shown_with_their_policies_and_keys() {
        IntStream.range(0, 45).forEach(n -> iam.createUser(r -> r.userName("bot-%02d".formatted(n))));

        var first = root.get(HERE + "users").body();
        assertThat(first).contains("user?user=ann", "bot-00", "Next").doesNotContain("bot-44");
        assertThat(root.get(HERE + "users?after=nonsense").body()).contains("Invalid Marker.");
        assertThat(root.get(HERE + "user?user=ann").body())
                .contains(ANN, "a:b&lt;b&gt;", "active, made", "What may they do?")
                .doesNotContain("a:b<b>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user?user=nobody", "user?user=%3Cscript%3E", "user"})
    void a_user_that_is_not_there_is_not_found(String page) {
        assertThat(root.get(HERE + page).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PutImage", "DeleteRepository", "BatchGetImage"})
    void both_questions_and_iam_have_one_answer(String action) {
        var byIam = iam.simulatePrincipalPolicy(
                        r -> r.policySourceArn(ANN).actionNames("ecr:" + action).resourceArns(APP))
                .evaluationResults()
                .getFirst()
                .evalDecisionAsString();

        var asked = HERE + "who-may?who=ann&action=ecr:" + action + "&resource=" + APP;
        assertThat(root.get(asked).body()).contains("<code>" + byIam + "</code>");
        assertThat(root.get(HERE + "policy?name=pages/app&who=ann&action=" + action)
                        .body())
                .contains(byIam.equals("allowed") ? "ann may." : "ann may not,");
    }

    @Test
    void a_repositorys_policy_counts_where_it_is_asked_of_one() {
        server.ecr().createRepository(r -> r.repositoryName("pages/open"));
        server.ecr().setRepositoryPolicy(r -> r.repositoryName("pages/open").policyText("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"ecr:PutImage"}]}"""));

        assertThat(root.get(HERE + "who-may?who=ann&action=ecr:PutImage&resource=" + APP.replace("app", "open"))
                        .body())
                .contains("<code>explicitDeny</code>", "ResourcePolicy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            us-east-1:000000000000:repository/pages/absent | did not count: The repository with name
            eu-west-1:000000000000:repository/pages/app    | did not count: the repository is in another region
            us-east-1:123456789012:repository/pages/app    | did not count: the repository is in another region
            """)
    void a_repositorys_policy_that_does_not_count_is_told_of(String resource, String note) {
        var asked = HERE + "who-may?who=ann&action=ecr:PutImage&resource=arn:aws:ecr:";
        assertThat(root.get(asked + resource).body()).contains(note);
        assertThat(root.get(asked + "us-east-1:000000000000:repository/pages/app")
                        .body())
                .doesNotContain("did not count");
    }

    @Test
    void a_repository_that_was_deleted_comes_back_after_a_question() {
        server.ecr().createRepository(r -> r.repositoryName("pages/gone"));
        server.ecr().deleteRepository(r -> r.repositoryName("pages/gone"));

        assertThat(root.get(HERE + "gone").body()).contains("pages/gone", "Bring back");
        var question = HERE + "confirm?act=undelete-repository&name=pages/gone";
        assertThat(root.get(question).body()).contains("Repository pages/gone is there again");
        done(question, Map.of());

        assertThat(server.ecr()
                        .describeRepositories(r -> r.repositoryNames("pages/gone"))
                        .repositories())
                .hasSize(1);
        assertThat(root.submit(question, question, Map.of()).body()).contains("there is a repository pages/gone now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry", "registry-settings", "users", "gone"})
    void who_may_nothing_is_told_so(String page) {
        assertThat(ann.get(HERE + page).body())
                .contains("is not authorized to perform")
                .doesNotContain("bot-00");
    }

    @Test
    void who_may_nothing_brings_nothing_back_and_asks_nothing() {
        var question = HERE + "confirm?act=undelete-repository&name=pages/gone";
        assertThat(ann.submit(question, question, Map.of()).body())
                .contains("is not authorized to perform: ecr:CreateRepository");
        assertThat(ann.get(HERE + "who-may?who=ann").body())
                .contains("is not authorized to perform: iam:SimulatePrincipalPolicy");
    }
}
