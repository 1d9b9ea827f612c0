package entrepot.store.sql;

import entrepot.domain.AccountId;
import entrepot.domain.EncryptionKey;
import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import entrepot.store.EncryptionKeys;
import entrepot.store.seal.SecretBox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tables `kms_key`, `kms_key_material` and `kms_key_tag`.
record SqlEncryptionKeys(Sql sql, SecretBox box) implements EncryptionKeys {

    private static final String SELECT = "select id, account, region, manager, description, state, deletion_days,"
            + " deletion_at, rotation_days, rotates_at, material, created_at from kms_key";

    static final String ALL = SELECT + " where id > ? order by id limit ?";

    static final String TO_DELETE = SELECT + " where deletion_at <= ? order by deletion_at limit ?";

    static final String TO_ROTATE = SELECT + " where rotates_at <= ? order by rotates_at limit ?";

    static String page(Engine engine) {
        return SELECT + " where " + engine.after("account", "region", "id") + " order by account, region, id limit ?";
    }

    @Override
    public Optional<EncryptionKey> find(String id) {
        return sql.one(SELECT + " where id = ?", SqlEncryptionKeys::key, id);
    }

    @Override
    public void create(EncryptionKey key, String policy, byte[] material) {
        sql.changingAccess()
                .update(
                        "insert into kms_key (id, account, region, manager, description, state, material, policy,"
                                + " created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        key.id(),
                        key.home().account(),
                        key.home().region(),
                        key.manager().name(),
                        key.description(),
                        key.state().name(),
                        key.material(),
                        policy,
                        key.createdAt());
        add(key, key.material(), material, key.createdAt(), false);
    }

    @Override
    public void update(EncryptionKey key) {
        var deletion = key.deletion();
        var rotation = key.rotation();
        sql.update(
                "update kms_key set description = ?, state = ?, deletion_days = ?, deletion_at = ?,"
                        + " rotation_days = ?, rotates_at = ? where id = ?",
                key.description(),
                key.state().name(),
                deletion == null ? null : deletion.days(),
                deletion == null ? null : deletion.at(),
                rotation == null ? null : rotation.days(),
                rotation == null ? null : rotation.next(),
                key.id());
    }

    @Override
    public void delete(EncryptionKey key) {
        sql.changingAccess().update("delete from kms_key where id = ?", key.id());
    }

    @Override
    public List<EncryptionKey> list(RegistryId home, @Nullable String after, int limit) {
        var last = after == null ? "" : after;
        return sql.list(
                page(sql.engine()),
                SqlEncryptionKeys::key,
                home.account(),
                home.region(),
                last,
                home.account(),
                home.region(),
                limit);
    }

    @Override
    public List<EncryptionKey> all(@Nullable String after, int limit) {
        return sql.list(ALL, SqlEncryptionKeys::key, after == null ? "" : after, limit);
    }

    @Override
    public List<EncryptionKey> toDelete(Instant now, int limit) {
        return sql.list(TO_DELETE, SqlEncryptionKeys::key, now, limit);
    }

    @Override
    public List<EncryptionKey> toRotate(Instant now, int limit) {
        return sql.list(TO_ROTATE, SqlEncryptionKeys::key, now, limit);
    }

    @Override
    public Optional<byte[]> material(EncryptionKey key, int number) {
        return sql.one(
                        "select value from kms_key_material where key_id = ? and number = ?",
                        row -> row.getBytes(1),
                        key.id(),
                        number)
                .map(value -> box.open(sealedAs(key, number), value));
    }

    @Override
    public void addMaterial(EncryptionKey key, byte[] material, Instant now, boolean onDemand) {
        var number = sql.returning(
                        "update kms_key set material = material + 1 where id = ? returning material",
                        row -> row.getInt(1),
                        key.id())
                .orElseThrow();
        add(key, number, material, now, onDemand);
    }

    private void add(EncryptionKey key, int number, byte[] material, Instant now, boolean onDemand) {
        sql.update(
                "insert into kms_key_material (key_id, number, value, created_at, on_demand) values (?, ?, ?, ?, ?)",
                key.id(),
                number,
                box.seal(sealedAs(key, number), material),
                now,
                onDemand);
    }

    private static String sealedAs(EncryptionKey key, int number) {
        return sealedAs(key.id(), String.valueOf(number));
    }

    /// What a material of the key is sealed as.
    static String sealedAs(String key, String number) {
        return "kms_key/" + key + "/" + number;
    }

    @Override
    public int rotationsOnDemand(EncryptionKey key) {
        return sql.one(
                        "select count(*) from kms_key_material where key_id = ? and on_demand = 1",
                        row -> row.getInt(1),
                        key.id())
                .orElse(0);
    }

    @Override
    public Optional<String> policy(EncryptionKey key) {
        return sql.one("select policy from kms_key where id = ?", row -> row.getString(1), key.id());
    }

    @Override
    public void putPolicy(EncryptionKey key, String document) {
        sql.changingAccess().update("update kms_key set policy = ? where id = ?", document, key.id());
    }

    @Override
    public List<ResourceTag> tags(EncryptionKey key) {
        return new SqlTags(sql, SqlTags.Table.KEY).list(key.id());
    }

    @Override
    public void putTags(EncryptionKey key, Collection<ResourceTag> tags) {
        new SqlTags(sql, SqlTags.Table.KEY).put(key.id(), tags);
    }

    @Override
    public void removeTags(EncryptionKey key, Collection<String> names) {
        new SqlTags(sql, SqlTags.Table.KEY).remove(key.id(), names);
    }

    private static EncryptionKey key(ResultSet row) throws SQLException {
        return new EncryptionKey(
                row.getString(1),
                new RegistryId(new AccountId(row.getString(2)), row.getString(3)),
                EncryptionKey.Manager.valueOf(row.getString(4)),
                row.getString(5),
                EncryptionKey.State.valueOf(row.getString(6)),
                row.getObject(8) == null ? null : new EncryptionKey.Deletion(row.getInt(7), Columns.instant(row, 8)),
                row.getObject(10) == null ? null : new EncryptionKey.Rotation(row.getInt(9), Columns.instant(row, 10)),
                row.getInt(11),
                Columns.instant(row, 12));
    }
}
