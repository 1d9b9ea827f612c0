package entrepot.store.sql;

import entrepot.store.AccessKeys;
import java.util.Optional;

/// Tables `access_key` and `secret`.
record SqlAccessKeys(Sql sql) implements AccessKeys {

    @Override
    public Optional<AccessKey> find(String id) {
        return sql.one(
                "select id, secret, account, principal from access_key where id = ?",
                row -> new AccessKey(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                id);
    }

    @Override
    public void create(AccessKey key) {
        sql.update(
                "insert into access_key (id, secret, account, principal) values (?, ?, ?, ?)",
                key.id(),
                key.secret(),
                key.account(),
                key.principal());
    }

    @Override
    public Optional<byte[]> secret(String name) {
        return sql.one("select value from secret where name = ?", row -> row.getBytes(1), name);
    }

    @Override
    public void createSecret(String name, byte[] value) {
        sql.update("insert into secret (name, value) values (?, ?)", name, value);
    }

    @Override
    public void replaceSecret(String name, byte[] value) {
        sql.update("update secret set value = ? where name = ?", value, name);
    }
}
