package entrepot.store.sql;

import entrepot.domain.AccountId;
import entrepot.store.Accounts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Table `account`.
record SqlAccounts(Sql sql) implements Accounts {

    @Override
    public boolean exists(AccountId id) {
        return sql.one("select 1 from account where id = ?", row -> true, id).isPresent();
    }

    @Override
    public void create(AccountId id, Instant now) {
        sql.changingAccess()
                .update("insert into account (id, created_at) values (?, ?) on conflict do nothing", id, now);
    }

    @Override
    public List<AccountId> list(@Nullable AccountId after, int limit) {
        return sql.list(
                "select id from account where id > ? order by id limit ?",
                row -> new AccountId(row.getString(1)),
                after == null ? "" : after.value(),
                limit);
    }
}
