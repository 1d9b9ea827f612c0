package entrepot.store.sql;

import entrepot.store.MoveSource.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the rows of one table, many at a time. Used by one thread.
final class Inserts implements AutoCloseable {

    /// Rows that are sent at once; one may have 64 KiB.
    private static final int SENT = 200;

    private final Connection connection;
    private final String table;
    private @Nullable PreparedStatement statement;
    private int waiting;

    Inserts(Connection connection, String table) {
        this.connection = connection;
        this.table = table;
    }

    /// All rows have the same columns.
    void add(Row row) {
        try {
            var insert = statement(row.columns());
            for (int i = 0; i < row.values().size(); i++) {
                Columns.bind(insert, i + 1, row.values().get(i));
            }
            insert.addBatch();
            if (++waiting == SENT) {
                insert.executeBatch();
                waiting = 0;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private PreparedStatement statement(List<String> columns) throws SQLException {
        if (statement == null) {
            var marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
            statement = connection.prepareStatement(
                    "insert into %s (%s) values (%s)".formatted(table, String.join(", ", columns), marks));
        }
        return statement;
    }

    /// Sends what waits.
    @Override
    public void close() {
        try (var last = statement) {
            if (last != null && waiting > 0) {
                last.executeBatch();
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
