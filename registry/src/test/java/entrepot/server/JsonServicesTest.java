package entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Three services behind one path, told apart by their target.
class JsonServicesTest {

    private static RunningServer server;
    private static Wire wire;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, Map.of());
        wire = new Wire(server.url("/").getPort(), "localhost");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static WireAnswer call(String target, String signedFor) throws IOException {
        var root = server.rootKey();
        var key = AwsCredentialsIdentity.create(root.id(), root.secret());
        return wire.post(wire.sign(key, signedFor, Map.of("X-Amz-Target", target), "{}", Clock.systemUTC()), "{}");
    }

    @Test
    void a_target_that_a_service_does_not_have_is_told_in_its_name() throws IOException {
        assertThat(call("TrentService.Nothing", "kms").whole())
                .isEqualTo("404 UnknownOperationException The X-Amz-Target header names no operation of AWS KMS.");
        assertThat(call("AmazonEC2ContainerRegistry_V20150921.ListKeys", "ecr").whole())
                .isEqualTo("404 UnknownOperationException The X-Amz-Target header names no operation of Amazon ECR.");
    }

    @Test
    void an_operation_that_is_not_built_says_so_to_whoever_signed() throws IOException {
        assertThat(call("TrentService.GenerateMac", "kms").whole())
                .isEqualTo("501 NotImplementedException This registry does not have the operation GenerateMac yet.");
    }

    @Test
    void secrets_manager_is_one_of_them() throws IOException {
        assertThat(call("secretsmanager.Nothing", "secretsmanager").whole())
                .isEqualTo("404 UnknownOperationException The X-Amz-Target header names no operation of AWS Secrets"
                        + " Manager.");
        assertThat(call("secretsmanager.RotateSecret", "secretsmanager").whole())
                .isEqualTo("501 NotImplementedException This registry does not have the operation RotateSecret yet.");
        assertThat(call("secretsmanager.ListSecrets", "ecr").whole())
                .isEqualTo("400 InvalidSignatureException Credential should be scoped to correct service:"
                        + " 'secretsmanager'. ");
        assertThat(call("secretsmanager.GetSecretValue", "secretsmanager").whole())
                .isEqualTo("400 ValidationException 1 validation error detected: Value at 'secretId' failed to satisfy"
                        + " constraint: Member must not be null");
    }

    @Test
    void a_signature_is_of_one_service() throws IOException {
        assertThat(call("TrentService.GenerateMac", "ecr").whole())
                .isEqualTo("400 InvalidSignatureException Credential should be scoped to correct service: 'kms'. ");
    }
}
