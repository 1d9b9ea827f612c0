package entrepot.store.s3;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The SDK's clients, as a place wants them.
record Clients(S3Place place) {

    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);

    /// Tries of a request, with waits between them that are longer each time and differ by chance.
    private static final int TRIES = 3;

    /// @param watching see each request, with each try
    /// @param connections for what is sent, if there are such
    S3Client client(List<ExecutionInterceptor> watching, @Nullable PlainConnections connections) {
        var patience = place.endpoint().patience();
        var usual = new WholeStatuses(UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECTS_WITHIN)
                .socketTimeout(patience)
                .build());
        var client = S3Client.builder()
                .httpClient(new WholeAnswers(connections == null ? usual : new PlainCalls(connections, usual)))
                .endpointOverride(place.endpoint().address())
                .region(Region.of(place.endpoint().region()))
                .forcePathStyle(place.endpoint().pathStyle())
                .credentialsProvider(credentials())
                .serviceConfiguration(settings -> settings.expectContinueEnabled(false))
                .overrideConfiguration(settings -> settings.apiCallTimeout(patience)
                        .executionInterceptors(watching)
                        .retryStrategy(retry -> retry.maxAttempts(TRIES)));
        if (place.endpoint().address() != null) {
            client.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        }
        if (place.endpoint().isPlain()) {
            client.putAuthScheme(new PlainSigning());
        }
        return client.build();
    }

    S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(place.endpoint().address())
                .region(Region.of(place.endpoint().region()))
                .credentialsProvider(credentials())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(place.endpoint().pathStyle())
                        .build())
                .build();
    }

    /// Null where TLS is wanted.
    @Nullable
    PlainConnections connections() {
        var address = place.endpoint().address();
        return address != null && place.endpoint().isPlain() && place.endpoint().pathStyle()
                ? new PlainConnections(address, place.endpoint().patience())
                : null;
    }

    /// Null where there are no connections for it, or names that must be encoded.
    @Nullable
    PlainGets gets(@Nullable PlainConnections connections) {
        var address = place.endpoint().address();
        if (connections == null || address == null) {
            return null;
        }
        var isUsual = address.getPath().length() <= 1 && place.prefix().matches("[\\w/.-]*");
        return isUsual ? new PlainGets(connections, address, place.endpoint().region(), credentials()) : null;
    }

    private AwsCredentialsProvider credentials() {
        var given = place.credentials();
        return given == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(given.accessKeyId(), given.secretAccessKey()));
    }
}
