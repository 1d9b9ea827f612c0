package entrepot.store.sql;

import entrepot.domain.AccountId;
import entrepot.domain.GrantConstraints;
import entrepot.domain.KeyGrant;
import entrepot.store.KeyGrants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Table `kms_grant`.
record SqlKeyGrants(Sql sql) implements KeyGrants {

    private static final String SELECT = "select id, key_id, grantee, retiring, operations, constraints, name, issuer,"
            + " created_at from kms_grant";

    static final String CONSTRAINED = SELECT + " where key_id = ? and grantee = ? and constraints = ? order by id";

    static final String COUNT = "select count(*) from kms_grant where key_id = ?";

    static String page(Engine engine) {
        return SELECT + " where " + engine.after("key_id", "id") + " order by key_id, id limit ?";
    }

    static String pageTo(Engine engine) {
        return SELECT + " where " + engine.after("key_id", "grantee", "id") + " order by key_id, grantee, id limit ?";
    }

    @Override
    public Optional<KeyGrant> find(String keyId, String id) {
        return sql.one(SELECT + " where id = ? and key_id = ?", SqlKeyGrants::grant, id, keyId);
    }

    @Override
    public void create(KeyGrant grant) {
        var terms = grant.terms();
        sql.changingAccess()
                .update(
                        "insert into kms_grant (id, key_id, grantee, retiring, operations, constraints, name, issuer,"
                                + " created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        grant.id(),
                        grant.keyId(),
                        terms.grantee(),
                        terms.retiring(),
                        String.join(" ", terms.operations()),
                        terms.constraints().toString(),
                        terms.name(),
                        grant.issuer(),
                        grant.createdAt());
    }

    @Override
    public void delete(KeyGrant grant) {
        sql.changingAccess().update("delete from kms_grant where id = ?", grant.id());
    }

    @Override
    public int count(String keyId) {
        return sql.one(COUNT, row -> row.getInt(1), keyId).orElse(0);
    }

    @Override
    public List<KeyGrant> list(String keyId, @Nullable String after, int limit) {
        return sql.list(page(sql.engine()), SqlKeyGrants::grant, keyId, after == null ? "" : after, keyId, limit);
    }

    @Override
    public List<KeyGrant> to(String keyId, String grantee, @Nullable String after, int limit) {
        var last = after == null ? "" : after;
        return sql.list(pageTo(sql.engine()), SqlKeyGrants::grant, keyId, grantee, last, keyId, grantee, limit);
    }

    @Override
    public List<KeyGrant> to(String keyId, String grantee, GrantConstraints constraints) {
        return sql.list(CONSTRAINED, SqlKeyGrants::grant, keyId, grantee, constraints.toString());
    }

    private static KeyGrant grant(ResultSet row) throws SQLException {
        var terms = new KeyGrant.Terms(
                row.getString(3),
                row.getString(4),
                List.of(row.getString(5).split(" ", -1)),
                GrantConstraints.parse(row.getString(6)),
                row.getString(7));
        return new KeyGrant(
                row.getString(1), row.getString(2), terms, new AccountId(row.getString(8)), Columns.instant(row, 9));
    }
}
