package entrepot.acceptance;

import static entrepot.acceptance.Served.ACCOUNT;
import static entrepot.acceptance.Served.ECR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.ecr.model.EcrException;

class AccountOperationsTest {

    @Test
    void a_login_lasts_for_twelve_hours() {
        var data = ECR.getAuthorizationToken().authorizationData().getFirst();
        assertThat(data.expiresAt()).isAfter(Instant.now().plus(11, ChronoUnit.HOURS));
        assertThat(data.expiresAt()).isBefore(Instant.now().plus(13, ChronoUnit.HOURS));
        assertThat(data.proxyEndpoint()).startsWith("http");
    }

    @Test
    void describe_registry_names_the_account() {
        assertThat(ECR.describeRegistry(request -> {}).registryId()).isEqualTo(ACCOUNT);
    }

    @Test
    void a_secret_that_is_not_the_keys_is_refused() {
        var forged = AwsBasicCredentials.create("AKIAAAAAAAAAAAAAAAAA", "not the secret");
        var override = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(StaticCredentialsProvider.create(forged))
                .build();
        assertThatExceptionOfType(EcrException.class)
                .isThrownBy(() -> ECR.describeRegistry(request -> request.overrideConfiguration(override)))
                .satisfies(refusal ->
                        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException"));
    }
}
