package entrepot.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class PlainSigningTest {

    /// As clients send it.
    ///
    /// Source: RFC 9110, 7.2.
    @ParameterizedTest
    @CsvSource({
        "http://s3.test, s3.test",
        "http://s3.test:80, s3.test",
        "http://s3.test:443, s3.test:443",
        "http://s3.test:9000, s3.test:9000",
        "http://[::1]:9000, [::1]:9000"
    })
    void the_host_is_signed_with_its_port_unless_that_is_the_usual_one(URI address, String host) {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .uri(address)
                .encodedPath("/bucket/key")
                .build();

        var signed = new PlainSigning()
                .signer()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create("id", "secret"))
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();

        assertThat(signed.firstMatchingHeader("Host")).contains(host);
        assertThat(signed.firstMatchingHeader("x-amz-content-sha256")).contains("UNSIGNED-PAYLOAD");
        assertThat(signed.getUri()).isEqualTo(request.getUri());
    }
}
