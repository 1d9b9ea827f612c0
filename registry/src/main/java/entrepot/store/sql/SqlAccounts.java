package entrepot.store.sql;

import entrepot.store.Accounts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Table `account`.
record SqlAccounts(Sql sql) implements Accounts {

    @Override
    public boolean exists(String id) {
        return sql.one("select 1 from account where id = ?", row -> true, id).isPresent();
    }

    @Override
    public void create(String id, Instant now) {
        sql.changingAccess()
                .update("insert into account (id, created_at) values (?, ?) on conflict do nothing", id, now);
    }

    @Override
    public List<String> list(@Nullable String after, int limit) {
        return sql.list(
                "select id from account where id > ? order by id limit ?",
                row -> row.getString(1),
                after == null ? "" : after,
                limit);
    }
}
