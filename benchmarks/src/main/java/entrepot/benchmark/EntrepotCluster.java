package entrepot.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Nodes of one registry that keep all in PostgreSQL and S3.
///
/// @param name of its database and its bucket
record EntrepotCluster(String name, List<EntrepotServer> nodes, Postgres postgres, S3Server s3)
        implements AutoCloseable {
    static final String DATABASE = "its PostgreSQL";
    static final String S3 = "its S3 server";
    private static final String KEY = "AKIABENCHMARKCLUSTER";
    private static final String SECRET = "a-secret-that-only-this-run-knows-0000000";

    /// With a repository to push into.
    static EntrepotCluster start(String name, int count, Postgres postgres, S3Server s3, Path parent)
            throws IOException {
        var folder = Files.createDirectories(parent.resolve(name));
        s3.bucket(name);
        var settings = settings(name, postgres.database(name), s3, folder);
        var credentials = secret(
                folder.resolve("credentials"),
                "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n".formatted(KEY, SECRET));
        var nodes = new ArrayList<EntrepotServer>();
        for (var i = 0; i < count; i++) {
            nodes.add(EntrepotServer.serve(
                    folder.resolve("node-" + i), List.of(), List.of("--config", settings.toString()), credentials));
        }
        nodes.getFirst().create(Registry.REPOSITORY);
        return new EntrepotCluster(name, nodes, postgres, s3);
    }

    private static Path settings(String name, String database, S3Server s3, Path folder) throws IOException {
        var key = folder.resolve("server.key");
        Programs.run(List.of("./" + EntrepotServer.COMMAND, "server-key", "--out", key.toString()));
        var blobs = "type: s3, bucket: %s, endpoint: \"%s\", region: %s, path-style: true, access-key-id: %s"
                .formatted(name, s3.url(), S3Server.REGION, S3Server.KEY);
        return Files.writeString(folder.resolve("settings.yaml"), """
                metadata: {type: postgres, url: "%s", user: %s}
                blobs: {%s, secret-access-key-file: "%s"}
                server-key-file: "%s"
                root-key: {id: %s, secret-file: "%s"}
                """.formatted(
                        database,
                        Postgres.USER,
                        blobs,
                        secret(folder.resolve("s3.secret"), S3Server.SECRET),
                        key,
                        KEY,
                        secret(folder.resolve("root.secret"), SECRET)));
    }

    private static Path secret(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    /// Any of them.
    EntrepotServer node() {
        return nodes.getFirst();
    }

    List<InetSocketAddress> addresses() {
        return nodes.stream().map(EntrepotServer::address).toList();
    }

    /// What all nodes do at once.
    Turn turn(String called, Turn.Preparation preparation) {
        return new Turn(
                called,
                nodes.stream().map(EntrepotServer::server).toList(),
                Map.of(
                        helper(called, DATABASE), List.of(postgres.server()),
                        helper(called, S3), List.of(s3.server())),
                preparation);
    }

    /// The name of the line that tells of a contender's helper.
    static String helper(String called, String helper) {
        return called + ", " + helper;
    }

    @Override
    public void close() {
        nodes.forEach(EntrepotServer::close);
    }
}
