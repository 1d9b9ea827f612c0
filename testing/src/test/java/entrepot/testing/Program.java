package entrepot.testing;

import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/// The program as it was built just now, and a client of it.
final class Program {

    static final List<String> COMMAND = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "entrepot.Main");

    private Program() {}

    static EcrClient client(EntrepotServer server) {
        var key = AwsBasicCredentials.create(server.key().id(), server.key().secret());
        return EcrClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(EntrepotServer.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(key))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
