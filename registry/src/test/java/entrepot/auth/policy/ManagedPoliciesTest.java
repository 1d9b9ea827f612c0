package entrepot.auth.policy;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.policy.Decision.Allowed;
import entrepot.auth.policy.ManagedPolicies.ManagedPolicy;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedPoliciesTest {

    private static final Actor ANN = new Actor.User(
            new AccountId("111111111111"), "arn:aws:iam::111111111111:user/ann", "AIDAAAAAAAAAAAAAAAAAA");

    @Test
    void there_are_those_of_a_registry_and_its_users() {
        assertThat(ManagedPolicies.all())
                .extracting(ManagedPolicy::name)
                .containsExactly(
                        "AdministratorAccess",
                        "AmazonEC2ContainerRegistryFullAccess",
                        "AmazonEC2ContainerRegistryPowerUser",
                        "AmazonEC2ContainerRegistryPullOnly",
                        "AmazonEC2ContainerRegistryReadOnly",
                        "IAMFullAccess");
    }

    @Test
    void an_arn_finds_a_policy_with_its_text() {
        var found = ManagedPolicies.find(new Arn("arn:aws:iam::aws:policy/AdministratorAccess"))
                .orElseThrow();

        assertThat(found.name()).isEqualTo("AdministratorAccess");
        assertThat(found.arn()).isEqualTo(new Arn("arn:aws:iam::aws:policy/AdministratorAccess"));
        assertThat(found.text()).contains("\"Action\": \"*\"");
    }

    @Test
    void another_arn_finds_none() {
        assertThat(ManagedPolicies.find(new Arn("arn:aws:iam::111111111111:policy/AdministratorAccess")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            AdministratorAccess,                  ecr:PutImage,                  yes
            AdministratorAccess,                  iam:CreateUser,                yes
            AmazonEC2ContainerRegistryFullAccess, ecr:DeleteRepository,          yes
            AmazonEC2ContainerRegistryFullAccess, ecr:SetRepositoryPolicy,       yes
            AmazonEC2ContainerRegistryFullAccess, iam:CreateServiceLinkedRole,   yes
            AmazonEC2ContainerRegistryFullAccess, iam:CreateUser,                no
            AmazonEC2ContainerRegistryPowerUser,  ecr:PutImage,                  yes
            AmazonEC2ContainerRegistryPowerUser,  ecr:UploadLayerPart,           yes
            AmazonEC2ContainerRegistryPowerUser,  ecr:BatchGetImage,             yes
            AmazonEC2ContainerRegistryPowerUser,  ecr:GetAuthorizationToken,     yes
            AmazonEC2ContainerRegistryPowerUser,  ecr:CreateRepository,          no
            AmazonEC2ContainerRegistryPowerUser,  ecr:BatchDeleteImage,          no
            AmazonEC2ContainerRegistryPowerUser,  ecr:SetRepositoryPolicy,       no
            AmazonEC2ContainerRegistryReadOnly,   ecr:BatchGetImage,             yes
            AmazonEC2ContainerRegistryReadOnly,   ecr:DescribeImages,            yes
            AmazonEC2ContainerRegistryReadOnly,   ecr:GetLifecyclePolicy,        yes
            AmazonEC2ContainerRegistryReadOnly,   ecr:PutImage,                  no
            AmazonEC2ContainerRegistryReadOnly,   ecr:InitiateLayerUpload,       no
            AmazonEC2ContainerRegistryPullOnly,   ecr:GetAuthorizationToken,     yes
            AmazonEC2ContainerRegistryPullOnly,   ecr:BatchGetImage,             yes
            AmazonEC2ContainerRegistryPullOnly,   ecr:GetDownloadUrlForLayer,    yes
            AmazonEC2ContainerRegistryPullOnly,   ecr:BatchImportUpstreamImage,  yes
            AmazonEC2ContainerRegistryPullOnly,   ecr:DescribeImages,            no
            AmazonEC2ContainerRegistryPullOnly,   ecr:PutImage,                  no
            IAMFullAccess,                        iam:CreateUser,                yes
            IAMFullAccess,                        organizations:ListRoots,       yes
            IAMFullAccess,                        ecr:PutImage,                  no
            """)
    void each_allows_what_aws_says(String name, String action, String allowed) {
        var policy =
                ManagedPolicies.find(new Arn("arn:aws:iam::aws:policy/" + name)).orElseThrow();
        var keys = new ConditionKeys(Map.of("iam:AWSServiceName", List.of("replication.ecr.amazonaws.com")));

        var decision = new PolicySet(List.of(policy.document()), null, null)
                .decide(new PolicyRequest(ANN, action, Arn.ANY, new AccountId("111111111111"), keys));

        assertThat(decision instanceof Allowed ? "yes" : "no").isEqualTo(allowed);
    }
}
