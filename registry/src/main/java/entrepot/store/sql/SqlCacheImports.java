package entrepot.store.sql;

import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.Repository;
import entrepot.domain.Tag;
import entrepot.store.CacheImports;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tables `cache_check` and `cache_import`.
record SqlCacheImports(Sql sql) implements CacheImports {

    private static final String COLUMNS = "repo_id, reference, digest, principal, tries, due_at";

    static final String DUE = "select " + COLUMNS + " from cache_import where due_at <= ? and exists"
            + " (select 1 from repository where id = repo_id and deleted_at is null) order by due_at limit ?";

    @Override
    public Optional<Instant> checkedAt(Repository repository, Reference name) {
        return sql.one(
                "select checked_at from cache_check where repo_id = ? and name = ?",
                row -> Columns.instant(row, 1),
                repository.id(),
                name.toString());
    }

    @Override
    public void checked(Repository repository, Reference name, Instant at) {
        sql.update(
                "insert into cache_check (repo_id, name, checked_at) values (?, ?, ?)"
                        + " on conflict (repo_id, name) do update set checked_at = excluded.checked_at",
                repository.id(),
                name.toString(),
                at);
    }

    @Override
    public void put(Import image) {
        sql.update(
                "insert into cache_import (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (repo_id, reference) do update set digest = excluded.digest,"
                        + " principal = excluded.principal, tries = excluded.tries, due_at = excluded.due_at",
                image.repositoryId(),
                image.reference().toString(),
                image.digest().toString(),
                image.principal(),
                image.tries(),
                image.dueAt());
    }

    @Override
    public Optional<Import> find(Repository repository, Reference reference) {
        return sql.one(
                "select " + COLUMNS + " from cache_import where repo_id = ? and reference = ?",
                SqlCacheImports::image,
                repository.id(),
                reference.toString());
    }

    @Override
    public List<Import> due(Instant now, int limit) {
        return sql.list(DUE, SqlCacheImports::image, now, limit);
    }

    @Override
    public boolean postpone(Import seen, int tries, Instant until) {
        return sql.update(
                        "update cache_import set tries = ?, due_at = ?"
                                + " where repo_id = ? and reference = ? and digest = ? and due_at = ?",
                        tries,
                        until,
                        seen.repositoryId(),
                        seen.reference().toString(),
                        seen.digest().toString(),
                        seen.dueAt())
                > 0;
    }

    @Override
    public void failed(Import seen, int tries, Instant until) {
        sql.update(
                "update cache_import set tries = ?, due_at = ? where repo_id = ? and reference = ? and digest = ?",
                tries,
                until,
                seen.repositoryId(),
                seen.reference().toString(),
                seen.digest().toString());
    }

    @Override
    public boolean end(Import image) {
        return sql.update(
                        "delete from cache_import where repo_id = ? and reference = ? and digest = ?",
                        image.repositoryId(),
                        image.reference().toString(),
                        image.digest().toString())
                > 0;
    }

    private static Import image(ResultSet row) throws SQLException {
        return new Import(
                row.getLong(1),
                reference(row.getString(2)),
                Digest.parse(row.getString(3)),
                row.getString(4),
                row.getInt(5),
                Columns.instant(row, 6));
    }

    /// No tag has a colon.
    private static Reference reference(String text) {
        return text.contains(":") ? Digest.parse(text) : new Tag(text);
    }
}
