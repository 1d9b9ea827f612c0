package entrepot.store.sql;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.store.MoveSource;
import entrepot.store.seal.SecretBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads every column of every row, whatever the columns are.
public final class SqlMoveSource implements MoveSource {

    /// Rows that are fetched at once; one may have 64 KiB.
    private static final int FETCHED = 200;

    private final MoveEngine engine;
    private final SecretBox box;
    private boolean begun;

    /// @param box that its secrets are sealed in
    public SqlMoveSource(MoveEngine engine, SecretBox box) {
        this.engine = engine;
        this.box = box;
    }

    /// Of the mark that its key is known by, which was sealed once, with a random nonce.
    @Override
    public String id() {
        var mark = MoveFailure.told(engine, () -> Sealing.mark(engine.sql()).orElseThrow());
        try {
            return Digest.of(Digest.Algorithm.SHA256, new Content.Bytes(mark)).hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> inUse() {
        return MoveFailure.told(engine, engine::inUse);
    }

    @Override
    public void each(String table, Consumer<Row> use) {
        MoveFailure.told(engine, () -> {
            begin();
            read(MovedTable.named(table), use);
            return true;
        });
    }

    private void begin() {
        if (!begun) {
            begun = true;
            engine.beginSnapshot();
        }
    }

    private void read(MovedTable table, Consumer<Row> use) {
        try (var statement = engine.connection().prepareStatement(table.select())) {
            statement.setFetchSize(FETCHED);
            try (var rows = statement.executeQuery()) {
                var columns = columns(rows);
                while (rows.next()) {
                    use.accept(table.opened(new Row(columns, values(rows, columns.size())), box));
                }
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static List<String> columns(ResultSet rows) throws SQLException {
        var described = rows.getMetaData();
        var names = new ArrayList<String>();
        for (int i = 1; i <= described.getColumnCount(); i++) {
            names.add(described.getColumnName(i));
        }
        return List.copyOf(names);
    }

    private static List<@Nullable Object> values(ResultSet row, int columns) throws SQLException {
        var values = new ArrayList<@Nullable Object>(columns);
        for (int i = 1; i <= columns; i++) {
            values.add(row.getObject(i));
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public long lastId(String table) {
        return MoveFailure.told(engine, () -> {
            begin();
            return engine.lastId(table);
        });
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return engine.toString();
    }
}
