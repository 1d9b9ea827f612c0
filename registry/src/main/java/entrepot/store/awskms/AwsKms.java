package entrepot.store.awskms;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/// Where the service is, and as whom it is asked.
///
/// @param endpoint null for AWS's own of the region
/// @param region what requests are signed for; null for the region of the key
/// @param credentials null for what the SDK finds: environment, profile, the machine's role
/// @param patience how long a try may take, of which there are two
public record AwsKms(
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable Credentials credentials,
        Duration patience) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 2;

    /// Beside the tries themselves.
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    public AwsKms(@Nullable URI endpoint, @Nullable String region, @Nullable Credentials credentials) {
        this(endpoint, region, credentials, PATIENCE);
    }

    public record Credentials(String accessKeyId, String secretAccessKey) {

        /// Without the secret, so that no log can hold it.
        @Override
        public String toString() {
            return accessKeyId;
        }
    }

    KmsClient client(String keyRegion) {
        var http = UrlConnectionHttpClient.builder().connectionTimeout(patience).socketTimeout(patience);
        return KmsClient.builder()
                .httpClientBuilder(http)
                .endpointOverride(endpoint)
                .region(Region.of(region == null ? keyRegion : region))
                .credentialsProvider(provider())
                .overrideConfiguration(settings -> settings.apiCallAttemptTimeout(patience)
                        .apiCallTimeout(patience.multipliedBy(TRIES).plus(BETWEEN_TRIES))
                        .retryStrategy(retry -> retry.maxAttempts(TRIES)))
                .build();
    }

    private AwsCredentialsProvider provider() {
        return credentials == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey()));
    }
}
