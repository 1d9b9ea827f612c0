package entrepot.store.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// What the last one gives of the statements that are sent together: those before it give nothing.
final class Results {

    private Results() {}

    static ResultSet rows(PreparedStatement statement) throws SQLException {
        var hasRows = statement.execute();
        while (!hasRows && statement.getUpdateCount() >= 0) {
            hasRows = statement.getMoreResults();
        }
        var rows = statement.getResultSet();
        if (rows == null) {
            throw new SQLException("no rows were given");
        }
        return rows;
    }

    static int count(PreparedStatement statement) throws SQLException {
        statement.execute();
        var count = 0;
        for (var next = statement.getUpdateCount(); next >= 0; next = statement.getUpdateCount()) {
            count = next;
            statement.getMoreResults();
        }
        return count;
    }
}
