package entrepot.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything of a registry that is not a blob, row by row, to be moved into another place. Only read, and all tables
/// as they are at the moment when the first row is asked for. Used by one thread.
///
/// Whatever fails here fails with UncheckedIOException.
public interface MoveSource extends AutoCloseable {

    /// What no other registry has, and this one for ever. No secret.
    String id();

    /// A process that serves the registry, as people know it; empty if none is known.
    Optional<String> inUse();

    /// All rows of a table, with its secrets opened.
    void each(String table, Consumer<Row> use);

    /// The largest id that a row of the table ever had, though that row may be gone; 0 for none.
    long lastId(String table);

    @Override
    void close();

    /// A row as it may lie in any database.
    ///
    /// @param values texts, numbers and bytes, or null, in the order of columns
    record Row(List<String> columns, List<@Nullable Object> values) {

        public @Nullable Object value(String column) {
            return values.get(columns.indexOf(column));
        }

        public Row with(String column, Object value) {
            var changed = new ArrayList<>(values);
            changed.set(columns.indexOf(column), value);
            return new Row(columns, Collections.unmodifiableList(changed));
        }
    }
}
