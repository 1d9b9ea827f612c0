package entrepot.store.sql;

import entrepot.domain.Repository;
import entrepot.store.LifecyclePolicies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Table `lifecycle_policy`.
record SqlLifecyclePolicies(Sql sql) implements LifecyclePolicies {

    static final String DUE = "select repo_id from lifecycle_policy where due_at <= ? order by due_at limit ?";
    static final String TOO_LATE = "select repo_id from lifecycle_policy where due_at > ? order by due_at limit ?";
    static final String ALL = "select repo_id from lifecycle_policy where repo_id > ? order by repo_id limit ?";

    @Override
    public Optional<StoredPolicy> find(Repository repository) {
        return sql.one(
                "select id, document, evaluated_at from lifecycle_policy where repo_id = ?",
                row -> new StoredPolicy(row.getString(1), row.getString(2), Columns.optionalInstant(row, 3)),
                repository.id());
    }

    @Override
    public void put(Repository repository, StoredPolicy policy, Instant dueAt) {
        sql.update(
                "insert into lifecycle_policy (repo_id, id, document, evaluated_at, due_at) values (?, ?, ?, ?, ?)"
                        + " on conflict (repo_id) do update set id = excluded.id, document = excluded.document,"
                        + " evaluated_at = excluded.evaluated_at, due_at = excluded.due_at",
                repository.id(),
                policy.id(),
                policy.document(),
                policy.evaluatedAt(),
                dueAt);
    }

    @Override
    public void delete(Repository repository) {
        sql.update("delete from lifecycle_policy where repo_id = ?", repository.id());
    }

    @Override
    public void evaluated(Repository repository, StoredPolicy policy, Instant at, Instant dueAt) {
        sql.update(
                "update lifecycle_policy set evaluated_at = ?, due_at = ? where repo_id = ? and id = ?",
                at,
                dueAt,
                repository.id(),
                policy.id());
    }

    @Override
    public List<Long> due(Instant now, Instant latest, int limit) {
        var due = sql.list(DUE, row -> row.getLong(1), now, limit);
        return due.size() == limit
                ? due
                : Stream.concat(due.stream(), sql.list(TOO_LATE, row -> row.getLong(1), latest, limit).stream())
                        .limit(limit)
                        .toList();
    }

    @Override
    public List<Long> repositories(long afterId, int limit) {
        return sql.list(ALL, row -> row.getLong(1), afterId, limit);
    }
}
