package entrepot.store.sql;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Pusher;
import entrepot.domain.RegistryId;
import entrepot.domain.SigningProfileArn;
import entrepot.domain.SigningRules;
import entrepot.domain.SigningStatus;
import entrepot.domain.StoredImage;
import entrepot.store.Cover;
import entrepot.store.Signings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Tables `registry_signing`, `signing_push` and `image_signing`.
record SqlSignings(Sql sql) implements Signings {

    /// The names under which rows are covered.
    private static final String MANIFEST = "signature-manifest";

    private static final String ENVELOPE = "signature-envelope";

    private static final String REGISTRY = "(select id from registry where account = ? and region = ?)";

    private static final String PUSHES = "select id, manifest_id, repo_id, digest, pusher, rules, at from signing_push";

    static final String FIRST = PUSHES
            + " where not exists (select 1 from image_signing where image_signing.manifest_id = signing_push.manifest_id"
            + " and status = 'IN_PROGRESS') order by id limit ?";

    static final String OF_IMAGE = PUSHES + " where manifest_id = ? order by id";

    private static final String SIGNINGS =
            "select manifest_id, repo_id, digest, profile, pusher, pushed_at, tries from image_signing"
                    + " where status = 'IN_PROGRESS' and ";

    /// As text, since an index for a part of the rows is found by its condition as it is written.
    static final String DUE = SIGNINGS + "due_at <= ? order by due_at limit ?";

    static final String DUE_TOO_LATE = SIGNINGS + "due_at > ? order by due_at limit ?";

    private static final String THIS = " where manifest_id = ? and profile = ?";

    @Override
    public Optional<SigningRules> rules(RegistryId registry) {
        return sql.one(
                "select rules from registry_signing where registry = " + REGISTRY,
                row -> SigningRules.parse(row.getString(1)),
                registry.account(),
                registry.region());
    }

    @Override
    public void putRules(RegistryId registry, SigningRules rules) {
        SqlRepositories.makeRegistry(sql, registry);
        sql.update(
                "insert into registry_signing (registry, rules) values (" + REGISTRY + ", ?)"
                        + " on conflict (registry) do update set rules = excluded.rules",
                registry.account(),
                registry.region(),
                rules.text());
    }

    @Override
    public void removeRules(RegistryId registry) {
        sql.update("delete from registry_signing where registry = " + REGISTRY, registry.account(), registry.region());
    }

    @Override
    public void pushed(ImageChange push) {
        var pusher = Objects.requireNonNull(push.pusher(), "nobody pushed it");
        sql.later(
                "insert into signing_push (manifest_id, repo_id, digest, pusher, rules, at)"
                        + " select cast(? as bigint), r.id, ?, ?, s.rules, cast(? as bigint)"
                        + " from repository r cross join registry_signing s"
                        + " where s.registry = r.registry and r.id = ? and s.rules <> ''",
                push.image().id(),
                push.image().digest(),
                pusher.text(),
                push.at(),
                push.repository().id());
    }

    @Override
    public List<Push> pushes(int limit) {
        return sql.list(FIRST, SqlSignings::push, limit);
    }

    @Override
    public List<Push> pushes(StoredImage image) {
        return sql.list(OF_IMAGE, SqlSignings::push, image.id());
    }

    private static Push push(ResultSet row) throws SQLException {
        return new Push(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                Columns.digest(row, 4),
                Pusher.parse(row.getString(5)),
                SigningRules.parse(row.getString(6)),
                Columns.instant(row, 7));
    }

    @Override
    public void settle(Push push) {
        sql.later("delete from signing_push where id = ?", push.id());
    }

    @Override
    public List<State> states(StoredImage image) {
        return sql.list(
                "select profile, status, code, reason, signature from image_signing where manifest_id = ?"
                        + " order by profile",
                row -> new State(
                        new SigningProfileArn(row.getString(1)),
                        SigningStatus.valueOf(row.getString(2)),
                        row.getString(3),
                        row.getString(4),
                        Columns.optionalDigest(row, 5)),
                image.id());
    }

    @Override
    public void request(Push push, SigningProfileArn profile, Instant now) {
        sql.later(
                "insert into image_signing (manifest_id, profile, repo_id, digest, pusher, pushed_at, status, tries, due_at)"
                        + " values (?, ?, ?, ?, ?, ?, 'IN_PROGRESS', 0, ?)"
                        + " on conflict (manifest_id, profile) do update set pusher = excluded.pusher,"
                        + " pushed_at = excluded.pushed_at, status = excluded.status, tries = 0,"
                        + " due_at = excluded.due_at, code = null, reason = null, signature = null,"
                        + " manifest = null, envelope = null",
                push.image(),
                profile.value(),
                push.repository(),
                push.digest(),
                push.pusher().text(),
                push.at(),
                now);
    }

    @Override
    public List<Signing> due(Instant now, Instant latest, int limit) {
        return Stream.concat(
                        sql.list(DUE, SqlSignings::signing, now, limit).stream(),
                        sql.list(DUE_TOO_LATE, SqlSignings::signing, latest, limit).stream())
                .limit(limit)
                .toList();
    }

    private static Signing signing(ResultSet row) throws SQLException {
        return new Signing(
                row.getLong(1),
                row.getLong(2),
                Columns.digest(row, 3),
                new SigningProfileArn(row.getString(4)),
                Pusher.parse(row.getString(5)),
                Columns.instant(row, 6),
                row.getInt(7));
    }

    @Override
    public void keep(Signing signing, Made made, Cover cover) {
        sql.update(
                "update image_signing set manifest = ?, envelope = ?, signature = ?" + THIS,
                cover.seal(MANIFEST, made.manifest().toByteArray()),
                cover.seal(ENVELOPE, made.envelope()),
                made.manifest().digest(Digest.Algorithm.SHA256),
                signing.image(),
                signing.profile().value());
    }

    @Override
    public Optional<Made> made(Signing signing, Cover cover) {
        return sql.one(
                "select manifest, envelope from image_signing" + THIS + " and manifest is not null",
                row -> new Made(
                        new ManifestBytes(cover.open(MANIFEST, row.getBytes(1))),
                        cover.open(ENVELOPE, row.getBytes(2))),
                signing.image(),
                signing.profile().value());
    }

    @Override
    public void postpone(Signing signing, Instant due) {
        sql.update(
                "update image_signing set tries = tries + 1, due_at = ?" + THIS,
                due,
                signing.image(),
                signing.profile().value());
    }

    @Override
    public void complete(Signing signing) {
        sql.update(
                "update image_signing set status = 'COMPLETE', manifest = null, envelope = null" + THIS,
                signing.image(),
                signing.profile().value());
    }

    @Override
    public void fail(Signing signing, String code, String reason) {
        sql.update(
                "update image_signing set status = 'FAILED', code = ?, reason = ?, signature = null, manifest = null,"
                        + " envelope = null" + THIS,
                code,
                reason,
                signing.image(),
                signing.profile().value());
    }

    @Override
    public void drop(Signing signing) {
        sql.update(
                "delete from image_signing" + THIS,
                signing.image(),
                signing.profile().value());
    }

    @Override
    public void forget(StoredImage image) {
        sql.later("delete from signing_push where manifest_id = ?", image.id());
        sql.later("delete from image_signing where manifest_id = ?", image.id());
    }
}
