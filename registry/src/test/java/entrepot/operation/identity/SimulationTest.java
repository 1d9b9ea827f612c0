package entrepot.operation.identity;

import static entrepot.operation.identity.IamCalls.assertRefused;
import static entrepot.operation.identity.IamCalls.iam;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.PolicySourceType;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;

/// Simulations by IAM's API, as the AWS SDK sees them.
class SimulationTest {

    private static final String APP = "arn:aws:ecr:us-east-1:000000000000:repository/team/app";
    private static final String OTHER = "arn:aws:ecr:us-east-1:000000000000:repository/other";
    private static final String POLICY = """
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "ecr:*", "Resource": "arn:aws:ecr:*:*:repository/team/*"},
                {
                  "Effect": "Deny",
                  "Action": "ecr:Delete*",
                  "Resource": "*"
                },
                {"Effect": "Allow", "Action": "ecr:PutImage", "Resource": "*",
                 "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}
              ]
            }""";

    private static final String BY_TAG = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*",
             "Condition":{"StringEquals":{"aws:ResourceTag/team":"a"}}}]}""";

    private static RunningServer server;
    private static IamClient iam;
    private static String ann;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, Map.of());
        iam = iam(server, server.rootKey().id(), server.rootKey().secret());
        ann = iam.createUser(r -> r.userName("ann").path("/team/")).user().arn();
        iam.putUserPolicy(r -> r.userName("ann").policyName("mine").policyDocument(POLICY));
        iam.attachUserPolicy(
                r -> r.userName("ann").policyArn("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"));
    }

    @AfterAll
    static void stop() throws IOException {
        iam.close();
        server.close();
    }

    private static List<EvaluationResult> asked(List<String> actions, String... resources) {
        return iam.simulatePrincipalPolicy(
                        r -> r.policySourceArn(ann).actionNames(actions).resourceArns(resources))
                .evaluationResults();
    }

    private static EvaluationResult custom(SimulateCustomPolicyRequest.Builder request) {
        return iam.simulateCustomPolicy(request.build()).evaluationResults().getFirst();
    }

    @Test
    void each_action_is_decided_on_each_resource() {
        var results = asked(List.of("ecr:PutImage", "ecr:DeleteRepository", "ecr:BatchGetImage"), APP, OTHER);

        assertThat(results)
                .extracting(each ->
                        each.evalActionName() + " " + each.evalResourceName() + " " + each.evalDecisionAsString())
                .containsExactly(
                        "ecr:PutImage " + APP + " allowed",
                        "ecr:PutImage " + OTHER + " implicitDeny",
                        "ecr:DeleteRepository " + APP + " explicitDeny",
                        "ecr:DeleteRepository " + OTHER + " explicitDeny",
                        "ecr:BatchGetImage " + APP + " allowed",
                        "ecr:BatchGetImage " + OTHER + " allowed");
    }

    @Test
    void statements_that_decide_are_named_with_their_places() {
        var denied = asked(List.of("ecr:DeleteRepository"), APP).getFirst().matchedStatements();
        var allowed = asked(List.of("ecr:BatchGetImage"), APP).getFirst().matchedStatements();

        assertThat(denied).singleElement().satisfies(statement -> {
            assertThat(statement.sourcePolicyId()).isEqualTo("mine");
            assertThat(statement.sourcePolicyType()).isEqualTo(PolicySourceType.USER);
            assertThat(List.of(
                            statement.startPosition().line(),
                            statement.startPosition().column(),
                            statement.endPosition().line(),
                            statement.endPosition().column()))
                    .containsExactly(5, 5, 9, 6);
        });
        assertThat(allowed)
                .extracting(each -> each.sourcePolicyId() + " " + each.sourcePolicyTypeAsString() + " "
                        + each.startPosition().line())
                .contains("mine user 4")
                .anyMatch(each -> each.startsWith("AmazonEC2ContainerRegistryReadOnly aws-managed "));
    }

    @Test
    void what_nobody_said_is_missing_until_it_is_said() {
        var silent = asked(List.of("ecr:PutImage"), OTHER).getFirst();
        var said = iam.simulatePrincipalPolicy(r -> r.policySourceArn(ann)
                        .actionNames("ecr:PutImage")
                        .resourceArns(OTHER)
                        .contextEntries(ContextEntry.builder()
                                .contextKeyName("aws:SourceIp")
                                .contextKeyValues("10.1.2.3")
                                .contextKeyType("ip")
                                .build()))
                .evaluationResults()
                .getFirst();

        assertThat(silent.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(silent.missingContextValues()).containsExactly("aws:SourceIp");
        assertThat(said.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
        assertThat(said.missingContextValues()).isEmpty();
    }

    @Test
    void a_page_ends_where_it_was_told_to_and_the_next_one_goes_on() {
        var actions = IntStream.range(0, 7).mapToObj(n -> "ecr:Action" + n).toList();
        var request = SimulatePrincipalPolicyRequest.builder()
                .policySourceArn(ann)
                .actionNames(actions)
                .resourceArns(APP, OTHER)
                .maxItems(5)
                .build();

        assertThat(iam.simulatePrincipalPolicy(request).isTruncated()).isTrue();
        assertThat(iam.simulatePrincipalPolicyPaginator(request).evaluationResults())
                .extracting(each -> each.evalActionName() + each.evalResourceName())
                .containsExactlyElementsOf(actions.stream()
                        .flatMap(action -> Stream.of(action + APP, action + OTHER))
                        .toList());
    }

    @Test
    void a_page_ends_early_where_many_statements_match() {
        var statement = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";
        var many = "{\"Version\":\"2012-10-17\",\"Statement\":[" + (statement + ",").repeat(499) + statement + "]}";
        var actions = IntStream.range(0, 10).mapToObj(n -> "ecr:Action" + n).toList();
        var request = SimulateCustomPolicyRequest.builder()
                .policyInputList(many)
                .actionNames(actions)
                .build();

        var first = iam.simulateCustomPolicy(request);

        assertThat(first.evaluationResults()).hasSize(4);
        assertThat(first.isTruncated()).isTrue();
        assertThat(iam.simulateCustomPolicyPaginator(request).evaluationResults())
                .hasSize(10);
    }

    @Test
    void a_page_ends_early_where_there_is_much_to_compare() {
        var pattern = "\"arn:aws:ecr:*:*:*?" + "a".repeat(1000) + "\"";
        var much = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":["
                + (pattern + ",").repeat(59) + pattern + "]}]}";
        var request = SimulateCustomPolicyRequest.builder()
                .policyInputList(much)
                .actionNames("ecr:PutImage", "ecr:ListImages", "ecr:BatchGetImage")
                .resourceArns("arn:aws:ecr:us-east-1:000000000000:repository/" + "a".repeat(1900))
                .build();

        assertThat(iam.simulateCustomPolicy(request).evaluationResults()).hasSize(1);
        assertThat(iam.simulateCustomPolicyPaginator(request).evaluationResults())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "99999999999", "2", "-1", "x"})
    void a_marker_that_no_page_gave_is_refused(String place) {
        var marker = Base64.getUrlEncoder().encodeToString(("simulated:" + place).getBytes(UTF_8));
        assertRefused(
                () -> iam.simulatePrincipalPolicy(r -> r.policySourceArn(ann)
                        .actionNames("ecr:PutImage")
                        .resourceArns(APP, OTHER)
                        .marker(marker)),
                400,
                "ValidationError",
                "Invalid Marker.");
    }

    @Test
    void tags_count_where_whoever_asks_may_list_them() {
        var repository = server.ecr()
                .createRepository(r -> r.repositoryName("tagged")
                        .tags(software.amazon.awssdk.services.ecr.model.Tag.builder()
                                .key("team")
                                .value("a")
                                .build()))
                .repository()
                .repositoryArn();
        var user = iam.createUser(r -> r.userName("tagged").tags(IamCalls.tag("team", "a")))
                .user()
                .arn();
        var key = iam.createAccessKey(r -> r.userName("tagged")).accessKey();
        iam.putUserPolicy(r -> r.userName("tagged").policyName("p").policyDocument("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:Simulate*","Resource":"*"}]}"""));
        try (var looker = iam(server, key.accessKeyId(), key.secretAccessKey())) {
            for (var resource : List.of(repository, user)) {
                var request = SimulateCustomPolicyRequest.builder()
                        .policyInputList(BY_TAG)
                        .actionNames("ecr:PutImage")
                        .resourceArns(resource)
                        .build();
                var listed =
                        iam.simulateCustomPolicy(request).evaluationResults().getFirst();
                var kept =
                        looker.simulateCustomPolicy(request).evaluationResults().getFirst();

                assertThat(listed.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
                assertThat(kept.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
                assertThat(kept.missingContextValues()).containsExactly("aws:ResourceTag/team");
            }
        }
    }

    @Test
    void a_secrets_and_a_keys_tags_and_a_keys_policy_count() throws IOException {
        String secret;
        String key;
        try (var secrets = server.secrets().build();
                var keys = server.kms().build()) {
            secret = secrets.createSecret(r -> r.name("tagged")
                            .secretString("s")
                            .tags(software.amazon.awssdk.services.secretsmanager.model.Tag.builder()
                                    .key("team")
                                    .value("a")
                                    .build()))
                    .arn();
            key = keys.createKey(r -> r.tags(software.amazon.awssdk.services.kms.model.Tag.builder()
                            .tagKey("team")
                            .tagValue("a")
                            .build()))
                    .keyMetadata()
                    .arn();
        }
        var ofKey = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + ann
                + "\"},\"Action\":\"kms:Encrypt\",\"Resource\":\"*\"}]}";

        for (var asked : Map.of("secretsmanager:GetSecretValue", secret, "kms:Decrypt", key)
                .entrySet()) {
            var request = SimulateCustomPolicyRequest.builder()
                    .policyInputList(BY_TAG)
                    .actionNames(asked.getKey())
                    .resourceArns(asked.getValue());
            assertThat(custom(request).evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
        }
        for (var asked :
                Map.of("kms:Encrypt", "allowed", "kms:Decrypt", "implicitDeny").entrySet()) {
            var request = SimulateCustomPolicyRequest.builder()
                    .policyInputList(BY_TAG)
                    .actionNames(asked.getKey())
                    .resourceArns(key)
                    .resourcePolicy(ofKey)
                    .callerArn(ann);
            assertThat(custom(request).evalDecisionAsString()).isEqualTo(asked.getValue());
        }
    }

    @Test
    void further_policies_and_one_of_the_resource_count_where_they_are_sent() {
        var deny =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}";
        var ofRepository = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                + ann + "\"},\"Action\":\"ecr:ListImages\"}]}";

        assertThat(iam.simulatePrincipalPolicy(r -> r.policySourceArn(ann)
                                .policyInputList(deny)
                                .actionNames("ecr:PutImage")
                                .resourceArns(APP))
                        .evaluationResults()
                        .getFirst()
                        .matchedStatements())
                .extracting(each ->
                        each.sourcePolicyId() + " " + each.startPosition().column())
                .containsExactly("PolicyInputList.1 37");
        assertThat(custom(SimulateCustomPolicyRequest.builder()
                                .policyInputList(POLICY)
                                .actionNames("ecr:ListImages")
                                .resourceArns(OTHER)
                                .resourcePolicy(ofRepository)
                                .callerArn(ann))
                        .matchedStatements())
                .extracting(each -> each.sourcePolicyId() + " " + each.sourcePolicyTypeAsString())
                .containsExactly("ResourcePolicy resource");
    }

    @Test
    void between_accounts_both_sides_must_allow() {
        var elsewhere = "arn:aws:ecr:us-east-1:123456789012:repository/team/app";
        var granted = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"ecr:PutImage\"}]}";

        assertThat(asked(List.of("ecr:PutImage"), elsewhere).getFirst().evalDecision())
                .isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(iam.simulatePrincipalPolicy(r -> r.policySourceArn(ann)
                                .actionNames("ecr:PutImage")
                                .resourceArns(elsewhere)
                                .resourcePolicy(granted))
                        .evaluationResults()
                        .getFirst()
                        .evalDecision())
                .isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
    }

    @Test
    void what_cannot_be_tried_is_refused() {
        var nobody = ann.replace("ann", "nobody");
        assertRefused(
                () -> iam.simulatePrincipalPolicy(r -> r.policySourceArn(nobody).actionNames("ecr:PutImage")),
                404,
                "NoSuchEntity",
                "The user " + nobody + " cannot be found.");
        assertRefused(
                () -> iam.simulatePrincipalPolicy(r -> r.policySourceArn(ann).actionNames("ecr:*")),
                400,
                "InvalidInput",
                "Action ecr:* is not valid: it names one action of one service.");
        assertRefused(
                () -> iam.simulatePrincipalPolicy(r ->
                        r.policySourceArn(ann).actionNames("ecr:PutImage").permissionsBoundaryPolicyInputList(POLICY)),
                400,
                "InvalidInput",
                "There are no permissions boundaries of principals here.");
        assertRefused(
                () -> iam.simulateCustomPolicy(r -> r.policyInputList("{}").actionNames("ecr:PutImage")),
                400,
                "InvalidInput",
                "Invalid Input PolicyInputList.1: Syntax errors in policy.");
        assertRefused(
                () -> iam.simulatePrincipalPolicy(r -> r.policySourceArn(ann)
                        .actionNames("ecr:PutImage")
                        .callerArn("arn:aws:iam::123456789012:user/ann")),
                400,
                "InvalidInput",
                "CallerArn arn:aws:iam::123456789012:user/ann is of another account.");
    }

    @Test
    void only_who_may_simulate_does() {
        iam.createUser(r -> r.userName("looker"));
        var key = iam.createAccessKey(r -> r.userName("looker")).accessKey();
        try (var looker = iam(server, key.accessKeyId(), key.secretAccessKey())) {
            assertRefused(
                    () -> looker.simulatePrincipalPolicy(
                            r -> r.policySourceArn(ann).actionNames("ecr:PutImage")),
                    403,
                    "AccessDenied",
                    "User: arn:aws:iam::000000000000:user/looker is not authorized to perform:"
                            + " iam:SimulatePrincipalPolicy on resource: " + ann
                            + " because no identity-based policy allows the iam:SimulatePrincipalPolicy action");
        }
    }
}
