package entrepot.store.sql;

import java.util.Optional;

/// A place that a registry is being moved into, or was until that was cut off. There is none to serve yet.
public final class HalfMoved {

    private HalfMoved() {}

    /// Fails with UncheckedIOException if this is one.
    ///
    /// @param place what the database is called
    public static void refuse(Sql sql, String place) {
        if (source(sql).isPresent()) {
            throw Scripts.refused(
                    place,
                    "holds a move that has not ended: run the same 'entrepot move' or 'entrepot restore' again,"
                            + " which goes on with it");
        }
    }

    static Optional<String> source(Sql sql) {
        return sql.one("select source from move", row -> row.getString(1));
    }
}
