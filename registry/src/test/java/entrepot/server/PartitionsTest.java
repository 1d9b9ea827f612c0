package entrepot.server;

import static entrepot.operation.identity.IamCalls.assertRefused;
import static entrepot.operation.identity.IamCalls.iam;
import static entrepot.operation.identity.IamCalls.outcome;
import static entrepot.operation.identity.IamCalls.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/// Every ARN is of the partition that is called, made and read alike, against a whole server.
class PartitionsTest {

    private static final String ACCOUNT = "000000000000";

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, aws",
        "cn-northwest-1, aws-cn",
        "us-gov-west-1, aws-us-gov",
        "us-iso-east-1, aws-iso",
        "us-isob-east-1, aws-iso-b",
        "eu-isoe-west-1, aws-iso-e",
        "us-isof-south-1, aws-iso-f",
        "eusc-de-east-1, aws-eusc"
    })
    void repositories_are_called_by_the_partition_of_their_region(String region, String partition) throws IOException {
        try (var ecr = server.client().region(Region.of(region)).build()) {
            var arn = ecr.createRepository(r -> r.repositoryName("app"))
                    .repository()
                    .repositoryArn();
            assertThat(arn).isEqualTo("arn:%s:ecr:%s:%s:repository/app".formatted(partition, region, ACCOUNT));

            ecr.tagResource(r ->
                    r.resourceArn(arn).tags(Tag.builder().key("a").value("b").build()));
            assertThat(ecr.listTagsForResource(r -> r.resourceArn(arn)).tags()).hasSize(1);
            var other = arn.replaceFirst("^arn:[a-z-]+:", partition.equals("aws") ? "arn:aws-cn:" : "arn:aws:");
            assertThatThrownBy(() -> ecr.listTagsForResource(r -> r.resourceArn(other)))
                    .hasMessageContaining("Invalid ARN");
        }
    }

    @Test
    void a_policy_of_the_partition_denies_and_grants_and_one_of_another_does_neither() throws IOException {
        try (var ecr = server.client().region(Region.US_GOV_EAST_1).build()) {
            ecr.createRepository(r -> r.repositoryName("kept"));
        }
        assertThat(delete("kept", allow("*"), deny("arn:aws-us-gov:ecr:us-gov-east-1:*:repository/kept")))
                .contains("with an explicit deny in an identity-based policy")
                .contains("arn:aws-us-gov:iam::000000000000:user/")
                .contains("arn:aws-us-gov:ecr:us-gov-east-1:000000000000:repository/kept");
        assertThat(delete("kept", allow("arn:aws:ecr:us-gov-east-1:*:repository/kept")))
                .contains("no identity-based policy allows");
        assertThat(delete("kept", allow("arn:aws-us-gov:ecr:us-gov-east-1:*:repository/kept")))
                .isEqualTo("made");
    }

    @Test
    void a_repositorys_policy_names_users_of_its_partition() throws IOException {
        try (var iam = root(Region.US_GOV_WEST_1);
                var ecr = server.client().region(Region.US_GOV_WEST_1).build()) {
            var bob = iam.createUser(r -> r.userName("bob")).user().arn();
            assertThat(bob).isEqualTo("arn:aws-us-gov:iam::000000000000:user/bob");
            ecr.createRepository(r -> r.repositoryName("granted"));
            ecr.setRepositoryPolicy(r -> r.repositoryName("granted").policyText(grant(bob)));
            assertThatThrownBy(() -> ecr.setRepositoryPolicy(
                            r -> r.repositoryName("granted").policyText(grant(bob.replace("aws-us-gov", "aws")))))
                    .hasMessageContaining("Principal not found");
            var key = iam.createAccessKey(r -> r.userName("bob")).accessKey();
            try (var theirs = ecr(key, Region.US_GOV_WEST_1)) {
                assertThat(theirs.listImages(r -> r.repositoryName("granted")).imageIds())
                        .isEmpty();
            }
        }
    }

    @Test
    void iam_answers_in_the_partition_that_a_request_is_signed_for() throws IOException {
        try (var gov = root(Region.US_GOV_WEST_1);
                var usual = root(Region.US_EAST_1)) {
            assertThat(gov.getUser().user().arn()).isEqualTo("arn:aws-us-gov:iam::000000000000:root");
            gov.createUser(r -> r.userName("ann").path("/team/"));
            var own = gov.createPolicy(r -> r.policyName("own").policyDocument(allow("*")))
                    .policy()
                    .arn();
            assertThat(own).isEqualTo("arn:aws-us-gov:iam::000000000000:policy/own");
            var power = "arn:aws-us-gov:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser";
            gov.attachUserPolicy(r -> r.userName("ann").policyArn(power));
            gov.attachUserPolicy(r -> r.userName("ann").policyArn(own));
            assertThat(gov.listAttachedUserPolicies(r -> r.userName("ann")).attachedPolicies())
                    .extracting(policy -> policy.policyArn())
                    .containsExactlyInAnyOrder(power, own);
            assertThat(usual.listAttachedUserPolicies(r -> r.userName("ann")).attachedPolicies())
                    .extracting(policy -> policy.policyArn())
                    .containsExactlyInAnyOrder(power.replace("aws-us-gov", "aws"), own.replace("aws-us-gov", "aws"));

            assertRefused(
                    () -> usual.getPolicy(r -> r.policyArn(own)),
                    404,
                    "NoSuchEntity",
                    "Policy %s was not found.".formatted(own));
            assertThat(outcome(
                            () -> usual.detachUserPolicy(r -> r.userName("ann").policyArn(own))))
                    .startsWith("NoSuchEntity");
            assertThat(outcome(() -> gov.detachUserPolicy(r -> r.userName("ann").policyArn(own))))
                    .isEqualTo("made");
            assertThat(gov.getUser(r -> r.userName("ann")).user().arn())
                    .isEqualTo("arn:aws-us-gov:iam::000000000000:user/team/ann");
        }
    }

    @Test
    void a_denial_holds_whatever_region_the_request_is_signed_for() throws IOException {
        try (var root = root(Region.US_EAST_1)) {
            root.createUser(r -> r.userName("admin"));
            var key = user(root, "deputy", """
                    {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Allow", "Action": "iam:*", "NotResource": "arn:aws:iam::*:user/bob2"},
                      {"Effect": "Deny", "Action": "iam:*", "Resource": "arn:aws:iam::*:user/admin"},
                      {"Effect": "Deny", "Action": "iam:AttachUserPolicy", "Resource": "*", "Condition": {"StringLike":
                        {"iam:PolicyARN": "arn:aws:iam::aws:policy/Admin*"}}}]}""");
            root.createUser(r -> r.userName("bob2"));
            for (var region : new Region[] {Region.US_EAST_1, Region.CN_NORTH_1, Region.US_GOV_WEST_1}) {
                try (var deputy = iam(server, key.accessKeyId(), key.secretAccessKey(), region)) {
                    var administrator = region == Region.US_EAST_1
                            ? "arn:aws:iam::aws:policy/AdministratorAccess"
                            : "arn:%s:iam::aws:policy/AdministratorAccess"
                                    .formatted(region.metadata().partition().id());
                    assertThat(outcome(() ->
                                    deputy.tagUser(r -> r.userName("admin").tags(tag("a", "b")))))
                            .startsWith("AccessDenied");
                    assertThat(outcome(
                                    () -> deputy.tagUser(r -> r.userName("bob2").tags(tag("a", "b")))))
                            .startsWith("AccessDenied");
                    assertThat(outcome(() -> deputy.attachUserPolicy(
                                    r -> r.userName("deputy").policyArn(administrator))))
                            .startsWith("AccessDenied");
                    assertThat(outcome(() ->
                                    deputy.tagUser(r -> r.userName("deputy").tags(tag("a", "b")))))
                            .isEqualTo("made");
                }
            }
        }
    }

    @Test
    void a_policy_may_name_another_partition_but_none_that_aws_does_not_have() throws IOException {
        try (var root = root(Region.US_EAST_1)) {
            root.createPolicy(r -> r.policyName("elsewhere").policyDocument(allow("arn:aws-cn:s3:::bucket")));
            assertRefused(
                    () -> root.createPolicy(
                            r -> r.policyName("nowhere").policyDocument(allow("arn:aws-moon:ecr:*:*:*"))),
                    400,
                    "MalformedPolicyDocument",
                    "Partition \"aws-moon\" is not valid for resource \"arn:aws-moon:ecr:*:*:*\".");
        }
    }

    private static String delete(String repository, String... policies) throws IOException {
        try (var root = root(Region.US_EAST_1)) {
            var key = user(root, "user-" + policies.length + policies[0].hashCode(), policies);
            try (var ecr = ecr(key, Region.US_GOV_EAST_1)) {
                ecr.deleteRepository(r -> r.repositoryName(repository));
                return "made";
            } catch (EcrException e) {
                return e.awsErrorDetails().errorMessage();
            }
        }
    }

    private static AccessKey user(IamClient root, String name, String... policies) {
        root.createUser(r -> r.userName(name));
        for (int i = 0; i < policies.length; i++) {
            var number = i;
            root.putUserPolicy(r -> r.userName(name).policyName("p" + number).policyDocument(policies[number]));
        }
        return root.createAccessKey(r -> r.userName(name)).accessKey();
    }

    private static IamClient root(Region region) throws IOException {
        return iam(server, server.rootKey().id(), server.rootKey().secret(), region);
    }

    private static EcrClient ecr(AccessKey key, Region region) throws IOException {
        var credentials = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
        return server.client()
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    private static String allow(String resource) {
        return "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"%s\"}}".formatted(resource);
    }

    private static String deny(String resource) {
        return allow(resource).replace("Allow", "Deny");
    }

    private static String grant(String principal) {
        return """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "ecr:*"}]}""".formatted(principal);
    }
}
