package entrepot.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A server of PostgreSQL with its own settings, in a folder of its own that goes when it ends. What it acknowledges is
/// on the disk.
///
/// @param folder owned by who runs it, since PostgreSQL refuses to run as root
record Postgres(ServerProcess server, Path folder, InetSocketAddress address) implements AutoCloseable {
    static final String USER = "entrepot";
    private static final Path PLACE = Path.of("/var/tmp"); // others may pass through, and it is no tmpfs
    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));
    private static final List<String> AS_OTHER =
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");

    static boolean isHere() throws IOException {
        return Programs.ofPostgres("initdb").isPresent();
    }

    static Postgres start() throws IOException {
        var folder = Files.createTempDirectory(PLACE, "entrepot-postgres-");
        if (IS_ROOT) {
            Programs.run(List.of("chown", "postgres:postgres", folder.toString()));
        }
        Programs.run(
                asOwner("initdb", "-D", folder + "/data", "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C.UTF-8"));
        var address = Ports.free();
        var settings = Map.of(
                "port",
                String.valueOf(address.getPort()),
                "listen_addresses",
                "127.0.0.1",
                "unix_socket_directories",
                folder.toString(),
                "max_connections",
                "200");
        var command = Stream.concat(
                asOwner("postgres", "-D", folder + "/data").stream(),
                settings.entrySet().stream().flatMap(set -> Stream.of("-c", set.getKey() + "=" + set.getValue())));
        var log = Files.createTempFile(PLACE, "entrepot-postgres-", ".log");
        var server = ServerProcess.start(log, command.toList());
        server.await(() -> server.printed().contains("ready to accept connections"));
        return new Postgres(server, folder, address);
    }

    private static List<String> asOwner(String program, String... arguments) throws IOException {
        var path = Optional.of(Programs.ofPostgres(program).orElseThrow().toString());
        return Stream.of(IS_ROOT ? AS_OTHER.stream() : Stream.<String>of(), path.stream(), Stream.of(arguments))
                .flatMap(words -> words)
                .toList();
    }

    /// Makes a database, and returns its address.
    String database(String name) throws IOException {
        Programs.run(List.of(
                Programs.ofPostgres("createdb").orElseThrow().toString(),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(address.getPort()),
                "-U",
                USER,
                name));
        return url(name);
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(address.getPort(), database);
    }

    /// What a query of one number says.
    long number(String database, String query) throws IOException {
        return Long.parseLong(Programs.output(List.of(
                Programs.ofPostgres("psql").orElseThrow().toString(),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(address.getPort()),
                "-U",
                USER,
                "-d",
                database,
                "-XAtqc",
                query)));
    }

    /// How many bytes were written to the log of what changes, ever.
    long logged() throws IOException {
        return number("postgres", "select pg_current_wal_insert_lsn() - '0/0'");
    }

    @Override
    public void close() {
        server.close();
        try {
            Programs.run(List.of("rm", "-rf", folder.toString(), server.log().toString()));
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
