package entrepot.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.AccountId;
import entrepot.domain.User;
import entrepot.store.AccessKeys;
import entrepot.store.seal.SecretBox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tables `access_key` and `secret`.
public record SqlAccessKeys(Sql sql, SecretBox box) implements AccessKeys {

    private static final String SELECT = "select k.id, k.secret, k.account, k.is_active, k.created_at,"
            + " u.id, u.account, u.path, u.name, u.created_at"
            + " from access_key k left join iam_user u on u.id = k.user_id";

    static final String FIND = SELECT + " where k.id = ?";

    static final String OF_USER = SELECT + " where k.account = ? and k.user_id = ? order by k.id";

    static final String OF_ROOT = SELECT + " where k.account = ? and k.user_id is null order by k.id";

    @Override
    public Optional<AccessKey> find(String id) {
        return sql.one(FIND, this::key, id);
    }

    @Override
    public void create(AccessKey key) {
        var user = key.user();
        sql.changingAccess()
                .update(
                        "insert into access_key (id, secret, account, user_id, is_active, created_at)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        key.id(),
                        sealText(box, key.id(), key.secret()),
                        key.account(),
                        user == null ? null : user.id(),
                        key.isActive(),
                        key.createdAt());
    }

    @Override
    public List<AccessKey> of(AccountId account, @Nullable User user) {
        return user == null ? sql.list(OF_ROOT, this::key, account) : sql.list(OF_USER, this::key, account, user.id());
    }

    @Override
    public void setActive(String id, boolean active) {
        sql.changingAccess().update("update access_key set is_active = ? where id = ?", active, id);
    }

    @Override
    public void delete(String id) {
        sql.changingAccess().update("delete from access_key where id = ?", id);
    }

    @Override
    public Optional<Use> lastUse(String id) {
        return sql.one(
                "select last_used_at, last_used_region, last_used_service from access_key"
                        + " where id = ? and last_used_at is not null",
                row -> new Use(Columns.instant(row, 1), row.getString(2), row.getString(3)),
                id);
    }

    @Override
    public void used(String id, Use use) {
        sql.update(
                "update access_key set last_used_at = ?, last_used_region = ?, last_used_service = ?"
                        + " where id = ? and (last_used_at is null or last_used_at < ?)",
                use.at(),
                use.region(),
                use.service(),
                id,
                use.at());
    }

    @Override
    public Optional<byte[]> secret(String name) {
        return sql.one("select value from secret where name = ?", row -> row.getBytes(1), name)
                .map(value -> box.open(secretName(name), value));
    }

    @Override
    public void createSecret(String name, byte[] value) {
        sql.update("insert into secret (name, value) values (?, ?)", name, box.seal(secretName(name), value));
    }

    /// What a secret of the server is sealed as.
    public static String secretName(String name) {
        return "secret/" + name;
    }

    private static String sealText(SecretBox box, String id, String secret) {
        return Base64.getEncoder().encodeToString(box.seal(keyName(id), secret.getBytes(UTF_8)));
    }

    /// What the secret of an access key is sealed as.
    static String keyName(String id) {
        return "access_key/" + id;
    }

    private AccessKey key(ResultSet row) throws SQLException {
        var id = row.getString(1);
        var secret = box.open(keyName(id), Base64.getDecoder().decode(row.getString(2)));
        return new AccessKey(
                id,
                new String(secret, UTF_8),
                new AccountId(row.getString(3)),
                row.getString(6) == null ? null : SqlUsers.user(row, 6),
                row.getInt(4) != 0,
                Columns.instant(row, 5));
    }

    @Override
    public void replaceSecret(String name, byte[] value) {
        sql.update("update secret set value = ? where name = ?", box.seal(secretName(name), value), name);
    }
}
