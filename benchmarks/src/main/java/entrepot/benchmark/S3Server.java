package entrepot.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// versitygw, which speaks S3 and keeps objects as files. Its access log says what it was asked.
record S3Server(ServerProcess server, InetSocketAddress address, Path files, Path log) implements AutoCloseable {
    static final String PROGRAM = "versitygw";
    static final String REGION = "us-east-1";
    static final String KEY = "benchmark";
    static final String SECRET = "benchmark-secret";

    static S3Server start(Path folder) throws IOException {
        var address = Ports.free();
        var files = Files.createDirectories(folder.resolve("files"));
        var log = folder.resolve("access.log");
        var command = List.of(
                Programs.built(PROGRAM).orElseThrow().toString(),
                "-p",
                "127.0.0.1:" + address.getPort(),
                "-a",
                KEY,
                "-s",
                SECRET,
                "--quiet",
                "--access-log",
                log.toString(),
                "posix",
                files.toString());
        var server = ServerProcess.start(folder.resolve("log"), command);
        server.await(() -> Ports.answers(address));
        return new S3Server(server, address, files, log);
    }

    String url() {
        return "http://127.0.0.1:" + address.getPort();
    }

    /// A folder beside the others is a bucket.
    void bucket(String name) throws IOException {
        Files.createDirectory(files.resolve(name));
    }

    /// How many requests it has answered that were about a bucket.
    long requests(String bucket) throws IOException {
        var line = Pattern.compile("\\S+ " + Pattern.quote(bucket) + " \\[.*");
        try (var lines = Files.lines(log)) {
            return lines.filter(line.asMatchPredicate()).count();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
