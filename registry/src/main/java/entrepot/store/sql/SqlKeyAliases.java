package entrepot.store.sql;

import entrepot.domain.AccountId;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyAlias;
import entrepot.domain.RegistryId;
import entrepot.store.KeyAliases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Table `kms_alias`.
record SqlKeyAliases(Sql sql) implements KeyAliases {

    private static final String SELECT = "select account, region, name, key_id, created_at, updated_at from kms_alias";

    static final String LIST = SELECT + " where account = ? and region = ? and name > ? order by name limit ?";

    static final String OF_KEY = SELECT + " where key_id = ? and name > ? order by name limit ?";

    @Override
    public Optional<KeyAlias> find(RegistryId home, String name) {
        return sql.one(
                SELECT + " where account = ? and region = ? and name = ?",
                SqlKeyAliases::alias,
                home.account(),
                home.region(),
                name);
    }

    @Override
    public void create(KeyAlias alias) {
        sql.changingAccess()
                .update(
                        "insert into kms_alias (account, region, name, key_id, created_at, updated_at)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        alias.home().account(),
                        alias.home().region(),
                        alias.name(),
                        alias.keyId(),
                        alias.createdAt(),
                        alias.updatedAt());
    }

    @Override
    public void point(KeyAlias alias, EncryptionKey to, Instant now) {
        sql.changingAccess()
                .update(
                        "update kms_alias set key_id = ?, updated_at = ?"
                                + " where account = ? and region = ? and name = ?",
                        to.id(),
                        now,
                        alias.home().account(),
                        alias.home().region(),
                        alias.name());
    }

    @Override
    public void delete(KeyAlias alias) {
        sql.changingAccess()
                .update(
                        "delete from kms_alias where account = ? and region = ? and name = ?",
                        alias.home().account(),
                        alias.home().region(),
                        alias.name());
    }

    @Override
    public List<KeyAlias> list(RegistryId home, @Nullable String after, int limit) {
        return sql.list(LIST, SqlKeyAliases::alias, home.account(), home.region(), after == null ? "" : after, limit);
    }

    @Override
    public List<KeyAlias> of(EncryptionKey key, @Nullable String after, int limit) {
        return sql.list(OF_KEY, SqlKeyAliases::alias, key.id(), after == null ? "" : after, limit);
    }

    private static KeyAlias alias(ResultSet row) throws SQLException {
        return new KeyAlias(
                new RegistryId(new AccountId(row.getString(1)), row.getString(2)),
                row.getString(3),
                row.getString(4),
                Columns.instant(row, 5),
                Columns.instant(row, 6));
    }
}
