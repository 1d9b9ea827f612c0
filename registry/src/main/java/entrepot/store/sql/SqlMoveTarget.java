package entrepot.store.sql;

import entrepot.domain.BlobKey;
import entrepot.store.Layers.Blob;
import entrepot.store.MoveSource;
import entrepot.store.MoveTarget;
import entrepot.store.Occupant;
import entrepot.store.Transaction;
import entrepot.store.seal.SecretBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Tables `move` and `moved_blob` while blobs come, and all others in one transaction at the end.
public final class SqlMoveTarget implements MoveTarget {

    private final MoveEngine engine;
    private final Sql sql;
    private final SecretBox box;
    private final Map<BlobKey, String> damage = new HashMap<>();
    private final Set<BlobKey> whole = new HashSet<>();

    /// @param box that secrets are sealed in here
    public SqlMoveTarget(MoveEngine engine, SecretBox box) {
        this.engine = engine;
        this.sql = engine.sql();
        this.box = box;
    }

    @Override
    public Optional<Occupant> inUse() {
        return committed(engine::inUse);
    }

    @Override
    public boolean isEmpty() {
        return committed(() -> MovedTable.ALL.stream()
                .allMatch(table ->
                        sql.one(table.select() + " limit 1", row -> true).isEmpty()));
    }

    @Override
    public Optional<String> begun() {
        return committed(() -> HalfMoved.source(sql));
    }

    @Override
    public void begin(String source) {
        committed(() -> sql.update("insert into move (source) values (?)", source));
    }

    @Override
    public Set<BlobKey> arrived(Collection<BlobKey> keys) {
        return committed(() -> new HashSet<>(sql.listIn(
                "select storage_key from moved_blob where storage_key in (*)",
                row -> new BlobKey(row.getString(1)),
                keys.stream().map(BlobKey::value).toList())));
    }

    @Override
    public void arrive(Collection<BlobKey> keys) {
        committed(() -> {
            keys.forEach(key -> sql.later("insert into moved_blob (storage_key) values (?)", key.value()));
            return true;
        });
    }

    @Override
    public void lack(Map<BlobKey, String> more) {
        damage.putAll(more);
    }

    @Override
    public void whole(Collection<BlobKey> keys) {
        whole.addAll(keys);
    }

    @Override
    public Moved take(MoveSource source, Consumer<Transaction> look) {
        return committed(() -> {
            engine.beginLong();
            MovedTable.ALL.forEach(table -> copy(source, table));
            return ended(look);
        });
    }

    @Override
    public void bring(MoveSource source) {
        committed(() -> {
            engine.beginLong();
            MovedTable.ALL.forEach(table -> copy(source, table));
            return true;
        });
    }

    @Override
    public Moved end(Consumer<Transaction> look) {
        return committed(() -> {
            engine.beginLong();
            return ended(look);
        });
    }

    private Moved ended(Consumer<Transaction> look) {
        requireAll();
        look.accept(engine.transaction(box));
        keepAnew();
        var repairs = new SqlRepairs(sql);
        whole.forEach(repairs::unmark);
        damage.forEach(repairs::mark);
        discardRest();
        sql.update("delete from moved_blob");
        sql.update("delete from move");
        return moved();
    }

    @Override
    public void arriveNamed(Collection<BlobKey> keys) {
        committed(() -> sql.updateIn(
                "insert into moved_blob (storage_key) select storage_key from blob where storage_key in (*)",
                keys.stream().map(BlobKey::value).toList()));
    }

    @Override
    public List<Blob> blobs(String after, int limit) {
        return committed(() -> sql.list(
                SqlLayers.BLOB + " where storage_key > ? order by storage_key limit ?", SqlLayers::blob, after, limit));
    }

    @Override
    public Lacking lacking() {
        return committed(() -> sql.one(
                        "select count(*), coalesce(sum(size), 0) from blob b where not exists"
                                + " (select 1 from moved_blob m where m.storage_key = b.storage_key)",
                        row -> new Lacking(row.getLong(1), row.getLong(2)))
                .orElseThrow());
    }

    private void copy(MoveSource source, MovedTable table) {
        try (var inserts = new Inserts(engine.connection(), table.name())) {
            source.each(table.name(), row -> inserts.add(table.sealed(row, box)));
        }
        if (table.isNumbered()) {
            engine.setLastId(table.name(), source.lastId(table.name()));
        }
    }

    private void requireAll() {
        var lacking = -damage.size()
                + count("select count(*) from blob b where not exists"
                        + " (select 1 from moved_blob m where m.storage_key = b.storage_key)");
        if (lacking > 0) {
            throw new UncheckedIOException(
                    new IOException("%d blobs have come to be since the move began: run it again".formatted(lacking)));
        }
    }

    /// Collection's time is another one here: what was deleted is kept as if it had been deleted now.
    private void keepAnew() {
        sql.update("update history_event set since = " + SqlGarbage.NOW);
        sql.update("update history_image set since = " + SqlGarbage.NOW);
        sql.update("update repository set deleted_since = " + SqlGarbage.NOW + " where deleted_since is not null");
    }

    /// What came and is nobody's any more, since the source was served between a move that was cut off and this one.
    private void discardRest() {
        sql.update("insert into blob_delete (storage_key, not_before) select storage_key, 0 from moved_blob m"
                + " where not exists (select 1 from blob b where b.storage_key = m.storage_key)");
    }

    private Moved moved() {
        return new Moved(
                count("select count(*) from repository where deleted_at is null"),
                count("select count(*) from manifest m join repository r on r.id = m.repo_id"
                        + " where r.deleted_at is null"),
                count("select count(*) from blob"),
                count("select coalesce(sum(size), 0) from blob"));
    }

    private long count(String query) {
        return sql.one(query, row -> row.getLong(1)).orElseThrow();
    }

    private <T> T committed(Supplier<T> work) {
        return MoveFailure.told(engine, () -> {
            var isDone = false;
            try {
                var result = work.get();
                sql.flush();
                engine.connection().commit();
                isDone = true;
                return result;
            } catch (SQLException e) {
                throw new SqlFailure(e);
            } finally {
                if (!isDone) {
                    rollback();
                }
            }
        });
    }

    private void rollback() {
        try {
            engine.connection().rollback();
        } catch (SQLException e) {
            // it has the reason that the work had
        }
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
