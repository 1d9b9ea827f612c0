package entrepot.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/// Lets the server keep the plans of statements, on connections that lead to one session of its own. A pooler gives
/// each
/// transaction another session, which knows nothing of what was prepared in the last one; it shows by telling another
/// process than the session says of itself.
///
/// Source: PostgreSQL documentation, "BackendKeyData" and `pg_backend_pid`; pgJDBC documentation, `prepareThreshold`.
final class Preparing {

    /// As the driver begins here: nobody has looked.
    static final int UNKNOWN = 0;

    /// Uses of a statement before it is prepared.
    private static final int THRESHOLD = 3;

    private static final int NEVER = Integer.MAX_VALUE;

    private Preparing() {}

    /// Looks at a connection that is new.
    static void on(Connection connection) throws SQLException {
        var driver = connection.unwrap(PGConnection.class);
        if (driver.getPrepareThreshold() == UNKNOWN) {
            driver.setPrepareThreshold(driver.getBackendPID() == session(connection) ? THRESHOLD : NEVER);
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
