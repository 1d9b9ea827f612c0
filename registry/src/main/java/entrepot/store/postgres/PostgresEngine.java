package entrepot.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.store.sql.Engine;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/// PostgreSQL's locks: of rows, and, for what is no row yet, advisory ones by number, until the transaction ends.
record PostgresEngine() implements Engine {

    @Override
    public boolean hasOneWriter() {
        return false;
    }

    /// Not `for key share`, which changes of settings pass.
    @Override
    public String shared() {
        return " for share";
    }

    @Override
    public String named() {
        return " for key share";
    }

    @Override
    public String alone() {
        return " for update";
    }

    @Override
    public void queue(Asked how, RegistryId registry, RepositoryName name) {
        how.ask("select pg_advisory_xact_lock_shared(?)", number(registry, name));
    }

    @Override
    public void queueAlone(Asked how, RegistryId registry, RepositoryName name) {
        how.ask("select pg_advisory_xact_lock(?)", number(registry, name));
    }

    @Override
    public String free() {
        return " for update skip locked";
    }

    /// Two names of one number wait for each other needlessly, which does no harm.
    @Override
    public void lock(Asked how, long repository, Digest digest) {
        how.ask("select pg_advisory_xact_lock(?)", number(repository, digest));
    }

    @Override
    public void findByIndexes(Asked how) {
        how.ask("select set_config(name, 'off', true) from unnest("
                + "array['enable_seqscan', 'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin']) as name");
    }

    @Override
    public String clock() {
        return "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";
    }

    /// By the name that PostgreSQL gives to the sequence of a column: to look for it in the catalogue each time took as
    /// long as to find ten layers.
    @Override
    public String nextManifest() {
        return "select nextval('manifest_id_seq')";
    }

    private static long number(RegistryId registry, RepositoryName name) {
        var text = "%s/%s/%s".formatted(registry.account(), registry.region(), name);
        return number(0, new ManifestBytes(text.getBytes(UTF_8)).digest(Digest.Algorithm.SHA256));
    }

    /// No column is equal to a value by these words, though all but the last are. Else the order were that of the
    /// last one, and where the planner believes that the rows lie among others, it walks the index of that column
    /// alone, past all others.
    @Override
    public String after(String... columns) {
        var equal = List.of(columns).subList(0, columns.length - 1);
        return row(List.of(columns)) + " > " + row(Collections.nCopies(columns.length, "?")) + " and " + row(equal)
                + " <= " + row(Collections.nCopies(equal.size(), "?"));
    }

    private static String row(List<String> parts) {
        return "(" + String.join(", ", parts) + ")";
    }

    private static long number(long repository, Digest digest) {
        return ByteBuffer.wrap(digest.hash()).getLong() ^ (repository * 0x9E3779B97F4A7C15L);
    }
}
