package entrepot.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Entrepot as it is shipped, started as a user starts it.
///
/// @param data the folder with all that it keeps
/// @param v2 its door for docker
record EntrepotServer(ServerProcess server, Path data, InetSocketAddress address, AwsSigner signer, Registry v2)
        implements Contender.Putter {
    static final String NAME = "entrepot";
    static final String NAME_V2 = "entrepot by /v2";
    static final Path COMMAND = Path.of("entrepot");
    private static final Pattern LISTENING = Pattern.compile("listening on https?://[^:]+:(\\d+)");
    private static final Pattern KEY = Pattern.compile("\"Arn\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"authorizationToken\"\\s*:\\s*\"([^\"]+)\"");

    /// With a repository to push into.
    static EntrepotServer start(Path folder) throws IOException {
        var server = serve(folder, List.of());
        server.create(Registry.REPOSITORY);
        return server;
    }

    /// As `start`, of a server that speaks TLS. Who asks it goes through a door that does so for them.
    static EntrepotServer overTls(Path folder, Certificate certificate) throws IOException {
        var before = List.of(
                "env",
                "ENTREPOT_TLS_CERTIFICATE=" + certificate.certificate().toAbsolutePath(),
                "ENTREPOT_TLS_KEY=" + certificate.key().toAbsolutePath());
        var started = start(folder, before, List.of());
        var address = TlsDoor.before(listening(started), certificate.trust()).address();
        var server = of(started, folder.resolve("data"), address, folder.resolve("data/credentials"));
        server.create(Registry.REPOSITORY);
        return server;
    }

    /// On whatever the folder holds already.
    ///
    /// @param before words of a command that runs another one
    static EntrepotServer serve(Path folder, List<String> before) throws IOException {
        return serve(folder, before, List.of(), folder.resolve("data/credentials"));
    }

    /// @param flags more of them
    /// @param credentials the file that has root's
    static EntrepotServer serve(Path folder, List<String> before, List<String> flags, Path credentials)
            throws IOException {
        var server = start(folder, before, flags);
        return of(server, folder.resolve("data"), listening(server), credentials);
    }

    private static ServerProcess start(Path folder, List<String> before, List<String> flags) throws IOException {
        var data = Files.createDirectories(folder.resolve("data"));
        var command = Stream.of(
                        before.stream(),
                        Stream.of("./" + COMMAND, "serve", "--data", data.toString(), "--port", "0"),
                        flags.stream())
                .flatMap(words -> words)
                .toList();
        var server = ServerProcess.start(folder.resolve("log"), command);
        server.await(() -> LISTENING.matcher(server.printed()).find());
        return server;
    }

    private static InetSocketAddress listening(ServerProcess server) throws IOException {
        return Ports.loopback(Integer.parseInt(only(LISTENING, server.printed())));
    }

    private static EntrepotServer of(ServerProcess server, Path data, InetSocketAddress address, Path credentials)
            throws IOException {
        var signer = AwsSigner.read(credentials, "127.0.0.1:" + address.getPort());
        return new EntrepotServer(server, data, address, signer, login(server, address, signer));
    }

    void create(String repository) throws IOException {
        create(repository, "");
    }

    /// @param more members of the call, each behind a comma
    void create(String repository, String more) throws IOException {
        var body = "{\"repositoryName\":\"" + repository + "\"" + more + "}";
        try (var connection = new HttpConnection(address)) {
            connection.exchange(signer.sign("CreateRepository", body), 200);
        }
    }

    /// Makes a key of the built-in key service, and returns its ARN.
    String createKey() throws IOException {
        return only(KEY, kms("CreateKey", "{}"));
    }

    /// Asks the built-in key service, which gives root the use of keys that were made for it.
    ///
    /// @return the answer
    String kms(String operation, String body) throws IOException {
        try (var connection = new HttpConnection(address)) {
            connection.send(signer.sign("kms", "TrentService." + operation, body));
            return connection.receiveText();
        }
    }

    EntrepotServer in(String repository) {
        return new EntrepotServer(server, data, address, signer, v2.in(repository));
    }

    private static Registry login(ServerProcess server, InetSocketAddress address, AwsSigner signer)
            throws IOException {
        try (var connection = new HttpConnection(address)) {
            connection.send(signer.sign("GetAuthorizationToken", "{}"));
            return new Registry(
                    NAME, server, address, "Basic " + only(TOKEN, connection.receiveText()), Registry.REPOSITORY);
        }
    }

    static String only(Pattern pattern, String text) throws IOException {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<byte[]> puts(List<TaggedManifest> manifests) {
        return manifests.stream().map(this::put).toList();
    }

    private byte[] put(TaggedManifest manifest) {
        var text = manifest.manifest().replace("\"", "\\\"").replace("\n", "\\n");
        return signer.sign(
                "PutImage",
                "{\"repositoryName\":\"%s\",\"imageManifest\":\"%s\",\"imageTag\":\"%s\"}"
                        .formatted(v2.repository(), text, manifest.tag()));
    }
}
