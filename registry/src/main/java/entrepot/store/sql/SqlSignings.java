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

/// Tables `registry_signing`, `signing_rules`, `signing_push`, `push_to_sign` and `image_signing`.
record SqlSignings(Sql sql) implements Signings {

    /// The names under which rows are covered.
    private static final String MANIFEST = "signature-manifest";

    private static final String ENVELOPE = "signature-envelope";

    private static final String REGISTRY = "(select id from registry where account = ? and region = ?)";

    private static final String PUSHES =
            "select p.id, p.manifest_id, p.repo_id, p.digest, p.pusher, v.rules, p.at from push_to_sign p"
                    + " join signing_rules v on v.id = p.rules_id";

    /// Of the version before, which know their rules.
    private static final String OLD_PUSHES =
            "select p.id, p.manifest_id, p.repo_id, p.digest, p.pusher, p.rules, p.at from signing_push p";

    private static final String DECIDABLE = " where not exists (select 1 from image_signing s"
            + " where s.manifest_id = p.manifest_id and s.status = 'IN_PROGRESS') order by p.id limit ?";

    private static final String OF_THIS = " where p.manifest_id = ? order by p.id";

    static final String FIRST = PUSHES + DECIDABLE;

    static final String FIRST_OLD = OLD_PUSHES + DECIDABLE;

    static final String OF_IMAGE = PUSHES + OF_THIS;

    static final String OF_IMAGE_OLD = OLD_PUSHES + OF_THIS;

    /// A push by the rules of its registry, if it has some.
    private static final String BY_RULES = " select cast(? as bigint), r.id, ?, ?, %s, cast(? as bigint)"
            + " from repository r join registry_signing s on s.registry = r.registry"
            + " left join signing_rules v on v.id = s.rules_id and v.rules = s.rules where r.id = ? and s.rules <> ''";

    private static final String PUSHED = "insert into push_to_sign (manifest_id, repo_id, digest, pusher, rules_id, at)"
            + BY_RULES.formatted("v.id") + " and v.id is not null";

    /// By rules that the version before put.
    private static final String PUSHED_OLD =
            "insert into signing_push (manifest_id, repo_id, digest, pusher, rules, at)" + BY_RULES.formatted("s.rules")
                    + " and v.id is null";

    /// Both in one statement, which sees the same rules throughout: between two of them others may put some.
    private static final String PUSHED_EITHER = "with old as (" + PUSHED_OLD + ") " + PUSHED;

    private static final String WAITING =
            "select count(*) from (select 1 from image_signing where status = 'IN_PROGRESS'" + " limit ?) as due";

    private static final String UNDECIDED = "select count(*) from (select 1 from %s limit ?) as undecided";

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
        removeUnused(registry);
        sql.update(
                "insert into signing_rules (registry, rules) values (" + REGISTRY + ", ?)",
                registry.account(),
                registry.region(),
                rules.text());
        sql.update(
                "insert into registry_signing (registry, rules, rules_id) select id, ?,"
                        + " (select max(id) from signing_rules where registry = registry.id)"
                        + " from registry where account = ? and region = ?"
                        + " on conflict (registry) do update set rules = excluded.rules, rules_id = excluded.rules_id",
                rules.text(),
                registry.account(),
                registry.region());
    }

    /// Those that are in force stay, since a push may be on its way that has seen them, and those that a push holds
    /// which is not committed yet: nobody waits for that. Where one comes between, the reference fails, and the
    /// work runs again.
    private void removeUnused(RegistryId registry) {
        sql.update(
                "delete from signing_rules where id in (select v.id from signing_rules v where v.registry = " + REGISTRY
                        + " and v.id < (select s.rules_id from registry_signing s where s.registry = v.registry)"
                        + " and not exists (select 1 from push_to_sign p where p.rules_id = v.id)"
                        + sql.engine().free() + ")",
                registry.account(),
                registry.region());
    }

    @Override
    public void removeRules(RegistryId registry) {
        sql.update("delete from registry_signing where registry = " + REGISTRY, registry.account(), registry.region());
    }

    @Override
    public void pushed(ImageChange push) {
        var pusher = Objects.requireNonNull(push.pusher(), "nobody pushed it");
        List<Object> values = List.of(
                push.image().id(),
                push.image().digest(),
                pusher.text(),
                push.at(),
                push.repository().id());
        if (sql.engine().hasOneWriter()) {
            sql.later(PUSHED, values.toArray());
            sql.later(PUSHED_OLD, values.toArray());
        } else {
            sql.later(
                    PUSHED_EITHER,
                    Stream.of(values, values).flatMap(List::stream).toArray());
        }
    }

    @Override
    public List<Push> pushes(int limit) {
        return Stream.concat(
                        sql.list(FIRST_OLD, row -> push(row, true), limit).stream(),
                        sql.list(FIRST, row -> push(row, false), limit).stream())
                .limit(limit)
                .toList();
    }

    @Override
    public List<Push> pushes(StoredImage image) {
        return Stream.concat(
                        sql.list(OF_IMAGE_OLD, row -> push(row, true), image.id()).stream(),
                        sql.list(OF_IMAGE, row -> push(row, false), image.id()).stream())
                .toList();
    }

    private static Push push(ResultSet row, boolean isOld) throws SQLException {
        return new Push(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                Columns.digest(row, 4),
                Pusher.parse(row.getString(5)),
                SigningRules.parse(row.getString(6)),
                Columns.instant(row, 7),
                isOld);
    }

    @Override
    public void settle(Push push) {
        sql.later("delete from %s where id = ?".formatted(push.isOld() ? "signing_push" : "push_to_sign"), push.id());
    }

    @Override
    public long waiting(int most) {
        return Stream.of(WAITING, UNDECIDED.formatted("push_to_sign"), UNDECIDED.formatted("signing_push"))
                .mapToLong(each -> sql.one(each, row -> row.getLong(1), most).orElseThrow())
                .sum();
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
        sql.later("delete from push_to_sign where manifest_id = ?", image.id());
        sql.later("delete from image_signing where manifest_id = ?", image.id());
    }
}
