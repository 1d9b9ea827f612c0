package entrepot.store.sql;

import entrepot.store.LostRaceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One connection and the statements prepared on it; used by one thread at a time.
///
/// A statement that ends in `in (*)` takes any number of keys. They are sent in lots whose sizes are powers of two,
/// the last key repeated to fill one, so that few shapes are ever prepared.
public final class Sql implements AutoCloseable {

    private static final int LARGEST_LOT = 512;

    /// As a server says that has no more time for a statement.
    private static final String OUT_OF_TIME = "57014";

    /// Makes a value of the row that the result set stands on.
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Call<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private record Shape(String text, int keys) {}

    private final Connection connection;
    private final boolean writable;
    private final Engine engine;
    private final Map<Shape, PreparedStatement> statements = new HashMap<>();
    private final Message waiting = new Message();
    private boolean begins;
    private long deadline = Long.MAX_VALUE;
    private @Nullable SqlFailure failure;
    private long messages;
    private long writes;
    private long accessChanges;
    private long together;

    public Sql(Connection connection, boolean writable, Engine engine) {
        this.connection = connection;
        this.writable = writable;
        this.engine = engine;
    }

    Engine engine() {
        return engine;
    }

    boolean mayWrite() {
        return writable;
    }

    /// The same connection, for work that may not write.
    public Sql reading() {
        return new Sql(connection, false, engine);
    }

    public <T> Optional<T> one(String text, Reader<T> reader, @Nullable Object... values) {
        return list(text, reader, values).stream().findFirst();
    }

    public <T> List<T> list(String text, Reader<T> reader, @Nullable Object... values) {
        return list(text, reader, List.of(), values);
    }

    public <T> List<T> listIn(String text, Reader<T> reader, Collection<?> keys, @Nullable Object... values) {
        var rows = new ArrayList<T>();
        for (var lot : lots(keys)) {
            rows.addAll(list(text, reader, lot, values));
        }
        return rows;
    }

    <T> List<T> list(String text, Reader<T> reader, List<?> lot, @Nullable Object... values) {
        return engine.hasOneWriter()
                ? call(new Shape(text, lot.size()), lot, values, statement -> read(statement.executeQuery(), reader))
                : sent(text, lot, values, result -> read((ResultSet) result, reader));
    }

    /// The number of rows written.
    public int update(String text, @Nullable Object... values) {
        return update(text, List.of(), values);
    }

    /// The number of rows written.
    int updateIn(String text, Collection<?> keys, @Nullable Object... values) {
        int rows = 0;
        for (var lot : lots(keys)) {
            rows += update(text, lot, values);
        }
        return rows;
    }

    private int update(String text, List<?> lot, @Nullable Object... values) {
        countWrite();
        return engine.hasOneWriter()
                ? call(new Shape(text, lot.size()), lot, values, PreparedStatement::executeUpdate)
                : sent(text, lot, values, result -> (Integer) result);
    }

    /// Writes, with the next statement in one message where the engine is elsewhere. For what needs no count.
    public void later(String text, @Nullable Object... values) {
        laterIn(text, List.of(), values);
    }

    /// Has a lock taken before the next statement, in one message with it, where the engine is elsewhere.
    void before(String text, @Nullable Object... values) {
        waiting.add(text, List.of(), values);
    }

    /// Sends what waits for the next statement.
    void flush() {
        if (!waiting.isEmpty()) {
            try {
                send();
            } catch (SQLException e) {
                throw new SqlFailure(e);
            }
        }
    }

    /// The same, of what these keys are the keys of: of none, nothing.
    void laterIn(String text, Collection<?> keys, @Nullable Object... values) {
        if (keys.isEmpty() && text.contains("in (*)")) {
            return;
        }
        if (engine.hasOneWriter()) {
            update(text, List.copyOf(keys), values);
        } else {
            countWrite();
            waiting.add(text, keys, values);
        }
    }

    /// Runs a write that ends in `returning`.
    <T> Optional<T> returning(String text, Reader<T> reader, @Nullable Object... values) {
        countWrite();
        return one(text, reader, values);
    }

    /// Runs a deletion that ends in `returning` one id, and gives them.
    List<Long> deleted(String text, @Nullable Object... values) {
        countWrite();
        return list(text, row -> row.getLong(1), values);
    }

    /// Writes, with the next statement in one message where the engine is elsewhere.
    ///
    /// @throws LostRaceException if it is not so many rows; where the engine is elsewhere, the next statement fails
    void exactly(int rows, String text, @Nullable Object... values) {
        exactly(rows, text, List.of(), values);
    }

    /// The same, of one row for each key.
    void exactlyIn(String text, Set<?> keys, @Nullable Object... values) {
        lots(keys).forEach(lot -> exactly(new HashSet<>(lot).size(), text, lot, values));
    }

    private void exactly(int rows, String text, List<?> lot, @Nullable Object... values) {
        if (!engine.hasOneWriter()) {
            countWrite();
            waiting.add(Message.exactly(rows, text), lot, values);
            return;
        }
        var written = update(text, lot, values);
        if (written != rows) {
            throw new LostRaceException("%d rows, and not %d: %s".formatted(written, rows, text));
        }
    }

    /// A statement without values or result, such as `commit`.
    public void execute(String text) {
        if (engine.hasOneWriter()) {
            call(new Shape(text, 0), List.of(), new Object[0], PreparedStatement::execute);
        } else {
            sent(text, List.of(), new Object[0], result -> result);
        }
    }

    /// Has a transaction begin with its first statement, in one message with it.
    ///
    /// @param text of one or more statements that give nothing
    public void beginWith(String text) {
        waiting.add(text, List.of());
        begins = true;
    }

    /// Whether a transaction was to begin, and has, or will with what waits.
    public boolean hasBegun() {
        return !begins || writes > 0;
    }

    /// Begins with no statement after this time, as `System.nanoTime` counts, but with the end of the transaction.
    public void endBy(long time) {
        deadline = time;
    }

    /// Fails as a statement did before, whoever has caught that.
    public void requireSound() {
        if (failure != null) {
            throw failure;
        }
    }

    /// Undoes what is not committed. A failed write may have ended the transaction, and then this fails: in vain.
    public void rollback() {
        waiting.clear();
        deadline = Long.MAX_VALUE;
        try {
            execute("rollback");
        } catch (SqlFailure alreadyRolledBack) {
            // if it were still open, the next one could not begin, and would say so
        }
    }

    /// Counts the writes that were asked for, whether they changed a row or not.
    public long writes() {
        return writes;
    }

    /// This, for a write that may change who may do what.
    Sql changingAccess() {
        accessChanges++;
        return this;
    }

    /// Counts such writes, whether they were committed or not.
    public long accessChanges() {
        return accessChanges;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    void countWrite() {
        if (!writable) {
            throw new IllegalStateException("a read may not write");
        }
        writes++;
    }

    private interface Result<T> {
        T of(Object result) throws SQLException;
    }

    private <T> T sent(String text, List<?> keys, @Nullable Object[] values, Result<T> last) {
        waiting.add(text, keys, values);
        try {
            return last.of(send().getLast());
        } catch (SQLException e) {
            failure = new SqlFailure(e);
            throw failure;
        }
    }

    private List<Object> send() throws SQLException {
        if (System.nanoTime() > deadline) {
            throw new SQLTimeoutException("out of time", OUT_OF_TIME);
        }
        begins = false;
        messages++;
        return waiting.send(connection);
    }

    /// Asks all of them, in one message where the engine is elsewhere.
    void ask(List<Questions.Question<?>> questions) {
        if (questions.isEmpty()) {
            return;
        }
        questions.forEach(question ->
                waiting.add(question.text(), question.keys(), question.values().toArray()));
        try {
            var results = send();
            var first = results.size() - questions.size();
            for (int i = 0; i < questions.size(); i++) {
                questions.get(i).answer((ResultSet) results.get(first + i));
            }
        } catch (SQLException e) {
            failure = new SqlFailure(e);
            throw failure;
        }
    }

    /// Counts how often the engine was asked: with one statement, or where it is elsewhere, by one message.
    public long messages() {
        return messages;
    }

    /// As many of the last statements as these are one question: where the engine is elsewhere, one message asks them.
    void countTogether(int statements) {
        together += Math.max(0, statements - 1);
    }

    /// Counts how often the engine was asked, as it would be where it is elsewhere.
    public long questions() {
        return messages - together;
    }

    private <T> T call(Shape shape, List<?> keys, @Nullable Object[] values, Call<T> call) {
        messages++;
        try {
            var statement = prepared(shape);
            int index = 1;
            for (var value : values) {
                Columns.bind(statement, index++, value);
            }
            for (var key : keys) {
                Columns.bind(statement, index++, key);
            }
            return call.on(statement);
        } catch (SQLException e) {
            forget(shape);
            throw new SqlFailure(e);
        }
    }

    /// SQLite's driver leaves a statement that failed unusable.
    private void forget(Shape shape) {
        var statement = statements.remove(shape);
        try {
            if (statement != null) {
                statement.close();
            }
        } catch (SQLException closedAlready) {
            // which is what was wanted
        }
    }

    private PreparedStatement prepared(Shape shape) throws SQLException {
        var known = statements.get(shape);
        if (known != null) {
            return known;
        }
        var marks = String.join(",", Collections.nCopies(shape.keys(), "?"));
        var statement = connection.prepareStatement(shape.text().replace("in (*)", "in (" + marks + ")"));
        statements.put(shape, statement);
        return statement;
    }

    static <T> List<T> read(ResultSet result, Reader<T> reader) throws SQLException {
        try (var row = result) {
            var rows = new ArrayList<T>();
            while (row.next()) {
                rows.add(reader.read(row));
            }
            return rows;
        }
    }

    static List<List<Object>> lots(Collection<?> keys) {
        var all = new ArrayList<Object>(keys);
        var lots = new ArrayList<List<Object>>();
        for (int from = 0; from < all.size(); from += LARGEST_LOT) {
            var lot = new ArrayList<>(all.subList(from, Math.min(all.size(), from + LARGEST_LOT)));
            while (Integer.bitCount(lot.size()) != 1) {
                lot.add(lot.getLast());
            }
            lots.add(lot);
        }
        return lots;
    }
}
