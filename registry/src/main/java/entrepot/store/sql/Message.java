package entrepot.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statements that go to a server together, so that their way there and back is gone once.
final class Message {

    private final List<String> texts = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    boolean isEmpty() {
        return texts.isEmpty();
    }

    void clear() {
        texts.clear();
        values.clear();
    }

    /// Adds a statement, or several that have no values.
    ///
    /// @param keys for its `in (*)`, if it has one
    void add(String text, Collection<?> keys, @Nullable Object... given) {
        var marks = String.join(",", Collections.nCopies(keys.size(), "?"));
        texts.add(text.replace("in (*)", "in (" + marks + ")"));
        Collections.addAll(values, given);
        values.addAll(keys);
    }

    /// A write that fails if it is not of so many rows. PostgreSQL has no word for that: it divides by zero (22012),
    /// which nothing else of ours does.
    static String exactly(int rows, String write) {
        return "with written as (%s returning 1) select 1 / cast(count(*) = %d as integer) from written"
                .formatted(write, rows);
    }

    /// What each statement gives, its rows or how many it wrote; more than were added where an added one was several.
    /// The message is empty then, whatever happens.
    List<Object> send(Connection connection) throws SQLException {
        var text = String.join("; ", texts);
        var bound = new ArrayList<>(values);
        clear();
        var statement = connection.prepareStatement(text);
        int index = 1;
        for (var value : bound) {
            Columns.bind(statement, index++, value);
        }
        return results(statement);
    }

    private static List<Object> results(PreparedStatement statement) throws SQLException {
        var results = new ArrayList<Object>();
        var hasRows = statement.execute();
        while (hasRows || statement.getUpdateCount() >= 0) {
            results.add(hasRows ? statement.getResultSet() : statement.getUpdateCount());
            hasRows = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
        }
        return results;
    }
}
