package entrepot.acceptance;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/// The registry under test, as the environment names it: `ENTREPOT_URL` and `AWS_SHARED_CREDENTIALS_FILE`.
final class Served {

    static final URI URL = URI.create(fromEnvironment("ENTREPOT_URL"));

    /// Root's registry, unless a configuration says otherwise.
    static final String ACCOUNT = "000000000000";

    static final EcrClient ECR = EcrClient.builder()
            .endpointOverride(URL)
            .region(Region.US_EAST_1)
            .credentialsProvider(ProfileCredentialsProvider.builder()
                    .profileFile(ProfileFile.builder()
                            .content(Path.of(fromEnvironment("AWS_SHARED_CREDENTIALS_FILE")))
                            .type(ProfileFile.Type.CREDENTIALS)
                            .build())
                    .profileName("default")
                    .build())
            .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(2)))
            .build();

    private Served() {}

    private static String fromEnvironment(String name) {
        return Objects.requireNonNull(System.getenv(name), name + " is not set");
    }

    /// Host and port as image names begin with.
    static String host() {
        return URL.getAuthority();
    }

    /// What `aws ecr get-login-password` prints.
    static String password() {
        var token = ECR.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
        var decoded = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        return decoded.substring(decoded.indexOf(':') + 1);
    }

    /// A repository of its own for a test.
    static String newRepository() {
        var name = "acceptance/" + UUID.randomUUID();
        ECR.createRepository(request -> request.repositoryName(name));
        return name;
    }
}
