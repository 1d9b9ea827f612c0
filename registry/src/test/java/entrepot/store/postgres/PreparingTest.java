package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/// Statements are prepared where the session is the connection's own.
class PreparingTest {

    private static final int KEY_DATA = 'K';
    private static final int READY = 'Z';
    private static final int NO_TLS = 'N';

    private final PostgresPlace place = TestPostgres.place();

    @Test
    void statements_are_prepared_on_a_connection_to_the_server_itself() throws SQLException {
        try (var connection = connect(place)) {
            assertThat(prepared(connection)).isPositive();
        }
    }

    @Test
    void nothing_is_prepared_where_somebody_else_answers() throws SQLException, IOException {
        try (var between = new Between(TestPostgres.port());
                var connection = connect(TestPostgres.through(between.here.getLocalPort(), place))) {
            assertThat(prepared(connection)).isZero();
        }
    }

    @Test
    void the_address_may_forbid_it() {
        var forbidden = new PostgresPlace(place.url() + "?prepareThreshold=0", place.user(), "", 1);
        try (var pool = new Pool(forbidden)) {
            for (int turn = 0; turn < 9; turn++) {
                assertThat(countInPool(pool)).isZero();
            }
        }
    }

    @Test
    void the_pool_prepares() {
        try (var pool = new Pool(new PostgresPlace(place.url(), place.user(), "", 1))) {
            for (int turn = 0; turn < 9; turn++) {
                countInPool(pool);
            }
            assertThat(countInPool(pool)).isPositive();
        }
    }

    private static long countInPool(Pool pool) {
        return pool.lend(
                false,
                (sql, _) -> sql.one("select count(*) from pg_prepared_statements", row -> row.getLong(1))
                        .orElseThrow());
    }

    private static Connection connect(PostgresPlace place) throws SQLException {
        var properties = new Properties();
        properties.putAll(place.properties());
        properties.put("user", place.user());
        var connection = DriverManager.getConnection(place.url(), properties);
        Preparing.on(connection);
        return connection;
    }

    private static long prepared(Connection connection) throws SQLException {
        long count = 0;
        for (int turn = 0; turn < 9; turn++) {
            try (var statement = connection.prepareStatement("select count(*) from pg_prepared_statements");
                    var row = statement.executeQuery()) {
                row.next();
                count = row.getLong(1);
            }
        }
        return count;
    }

    /// Tells another process than the server's, as poolers do.
    private static final class Between implements AutoCloseable {

        private final ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

        Between(int port) throws IOException {
            Thread.ofVirtual().start(() -> serve(port));
        }

        private void serve(int port) {
            try (var client = here.accept();
                    var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread.ofVirtual().start(() -> pass(client, server));
                var answers = new DataInputStream(server.getInputStream());
                var out = new DataOutputStream(client.getOutputStream());
                while (passMessage(answers, out) != READY) {
                    out.flush();
                }
                answers.transferTo(out);
            } catch (IOException e) {
                // it has ended
            }
        }

        private static void pass(Socket client, Socket server) {
            try {
                client.getInputStream().transferTo(server.getOutputStream());
            } catch (IOException e) {
                // it has ended
            }
        }

        private static int passMessage(DataInputStream answers, DataOutputStream out) throws IOException {
            var kind = answers.read();
            if (kind < 0 || kind == NO_TLS) {
                out.write(kind);
                return kind < 0 ? READY : kind;
            }
            var bytes = new byte[answers.readInt() - Integer.BYTES];
            answers.readFully(bytes);
            if (kind == KEY_DATA) {
                bytes[0] ^= 0x40; // of the process
            }
            out.write(kind);
            out.writeInt(bytes.length + Integer.BYTES);
            out.write(bytes);
            out.flush();
            return kind;
        }

        @Override
        public void close() throws IOException {
            here.close();
        }
    }
}
