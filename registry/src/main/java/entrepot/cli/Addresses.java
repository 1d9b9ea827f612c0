package entrepot.cli;

import entrepot.config.Config;
import entrepot.folder.ShellWord;
import java.nio.file.Path;

/// Where the server is reached, and what users paste to reach it.
record Addresses(Config config, int port) {

    String listening() {
        return address(config.listening().scheme(), config.listening().host(), port);
    }

    /// Where metrics are shown.
    ///
    /// @param number the port, of those that the configuration may leave open
    String metrics(int number) {
        var place = config.reports().metrics();
        return address("http", place == null ? "" : place.host(), number) + "/metrics";
    }

    private static String address(String scheme, String host, int port) {
        return new Place(scheme, host, port).toString();
    }

    /// Where something listens.
    record Place(String scheme, String host, int port) {
        @Override
        public String toString() {
            return "%s://%s:%d".formatted(scheme, host.indexOf(':') < 0 ? host : "[" + host + "]", port);
        }
    }

    /// With the path of the credentials; what is in them never leaves their file.
    String welcome(Path credentials) {
        var address = config.address(port);
        var region = config.registries().region();
        return """
                For the aws CLI, boto3 and every AWS SDK:
                  export AWS_SHARED_CREDENTIALS_FILE=%s
                  export AWS_ENDPOINT_URL=%s
                  export AWS_REGION=%s AWS_DEFAULT_REGION=%s

                A first repository, with the aws CLI or with boto3:
                  aws ecr create-repository --repository-name app
                  python3 -c 'import boto3; boto3.client("ecr").create_repository(repositoryName="app")'

                Docker, to push %s/app:
                  aws ecr get-login-password | docker login --username AWS --password-stdin %s
                """.formatted(
                        ShellWord.of(credentials), address.endpoint(), region, region, address.host(), address.host());
    }
}
