package entrepot.store.postgres;

import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import entrepot.store.seal.SecretBox;
import entrepot.store.seal.ServerKey;
import entrepot.store.sql.HalfMoved;
import entrepot.store.sql.Sealing;
import entrepot.store.sql.SqlFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// Metadata in a database of PostgreSQL, which any number of processes share.
///
/// Behind a pooler as well: no session keeps anything from one transaction to the next.
public final class PostgresMetadataStore implements MetadataStore {

    private final PostgresPlace place;
    private final Pool pool;
    private final PostgresSchema schema;
    private final List<String> scripts;
    private final Attempts attempts;
    private final AccessChanges changes;
    private final Optional<Presence> presence;

    private PostgresMetadataStore(PostgresPlace place, Pool pool, SecretBox box, Optional<Presence> presence) {
        this.place = place;
        this.pool = pool;
        this.schema = new PostgresSchema(pool, place);
        this.scripts = schema.scripts();
        this.presence = presence;
        this.changes = new AccessChanges(() -> onSnapshot(pool, place.times()));
        this.attempts =
                new Attempts(pool, box, changes, place.times(), new LongAdder(), new GrownTables(pool, place.times()));
        changes.start();
    }

    /// Opens the database, and brings its tables up to date; of many that do so at once one does the work. Its secrets
    /// are sealed under a key that all processes are given.
    ///
    /// Fails with UncheckedIOException, in words for whoever starts it, if the database is not there, does not let
    /// in, has tables that are not of this program, or another key.
    public static PostgresMetadataStore open(PostgresPlace place, ServerKey key) {
        return open(place, key, true);
    }

    /// The same, only to be read: no table is made or brought up to date.
    public static PostgresMetadataStore openReader(PostgresPlace place, ServerKey key) {
        return open(place, key, false);
    }

    private static PostgresMetadataStore open(PostgresPlace place, ServerKey key, boolean writable) {
        var pool = new Pool(place);
        try {
            var schema = new PostgresSchema(pool, place);
            if (writable) {
                schema.migrate();
            } else {
                schema.requireThere();
            }
            var presence = Optional.of(new Presence(pool)).filter(_ -> writable);
            presence.ifPresent(Presence::start);
            return opened(place, pool, key, presence);
        } catch (SqlFailure e) {
            pool.close();
            throw new UncheckedIOException(place.refusal(e.sqlException()));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /// Whoever begins a move looks for others after he has begun, and so do we: one of us sees the other.
    private static PostgresMetadataStore opened(
            PostgresPlace place, Pool pool, ServerKey key, Optional<Presence> presence) {
        try {
            pool.<Boolean>lend(false, (sql, slot) -> {
                HalfMoved.refuse(sql, place.toString());
                return true;
            });
            return new PostgresMetadataStore(place, pool, box(pool, key), presence);
        } catch (RuntimeException e) {
            presence.ifPresent(Presence::close);
            throw e;
        }
    }

    private static SecretBox box(Pool pool, ServerKey key) {
        return pool.lend(true, (sql, slot) -> new Sealing(sql, key).box());
    }

    private static long onSnapshot(Pool pool, PostgresPlace.Times times) {
        try {
            return pool.lend(false, (sql, slot) -> {
                sql.beginWith(Isolation.SNAPSHOT.begin(false, times.statement()));
                try {
                    return AccessChanges.sum(sql);
                } finally {
                    sql.rollback();
                }
            });
        } catch (RuntimeException e) {
            throw Outcome.told(e);
        }
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        requireWritable();
        return attempts.run(Isolation.ALONE, work);
    }

    @Override
    public <T> T transactGuarded(Function<Transaction, T> work) {
        requireWritable();
        return attempts.run(Isolation.GUARDED, work);
    }

    private void requireWritable() {
        if (presence.isEmpty()) {
            throw new UnsupportedOperationException("this store is only read");
        }
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return attempts.run(Isolation.SNAPSHOT, work);
    }

    @Override
    public <T> T ask(Function<Transaction, T> question) {
        return attempts.run(Isolation.NONE, question);
    }

    /// Those of a newer node may have come beside ours.
    @Override
    public void checkSchema() throws IOException {
        try {
            if (!schema.scripts().containsAll(scripts)) {
                throw new IOException("not those of this program");
            }
        } catch (SqlFailure e) {
            throw Outcome.told(e);
        }
    }

    @Override
    public Optional<Load> load() {
        return Optional.of(pool.load());
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public long accessChanges() {
        return changes.number();
    }

    /// How often the server was asked for transactions, and answered.
    long messages() {
        return attempts.messages().sum();
    }

    /// What is under way fails. Closing twice is not an error.
    @Override
    public void close() {
        changes.close();
        presence.ifPresent(Presence::close);
        pool.close();
    }

    @Override
    public String toString() {
        return "PostgreSQL at %s (connections: %s)".formatted(place, pool);
    }
}
