package entrepot.store.sql;

import static java.util.Comparator.comparingLong;
import static java.util.function.BinaryOperator.maxBy;
import static java.util.function.UnaryOperator.identity;
import static java.util.stream.Collectors.toMap;

import entrepot.domain.AccountId;
import entrepot.domain.ImageScan;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.ScanStatus;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.Severity;
import entrepot.domain.StoredImage;
import entrepot.store.Cover;
import entrepot.store.Scans;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Tables `registry_scanning`, `scan_push`, `image_scan`, `image_finding` and `image_components`.
record SqlScans(Sql sql) implements Scans {

    private static final String REGISTRY = "(select id from registry where account = ? and region = ?)";

    private static final String SELECT = "select " + ScanRows.COLUMNS + " from image_scan where ";

    static final String PUSHED = "select manifest_id, repo_id, digest, at from scan_push limit ?";

    /// As text, since an index for a part of the rows is found by its condition as it is written.
    static final String OPEN = SELECT + "is_open = 1 and claimed_until < ? order by is_counted desc, id limit ?";

    static final String CLAIMED_TOO_LONG = SELECT + "is_open = 1 and claimed_until > ? order by id limit ?";

    static final String SHOWN = SELECT + "is_shown = 1 and manifest_id in (*)";

    static final String LAST = SELECT + "is_last = 1 and manifest_id in (*)";

    static final String OVER = SELECT + "is_open = 0 and is_shown = 0 and is_last = 0 order by id limit ?";

    static final String OUTDATED = SELECT
            + "is_shown = 1 and is_open = 0 and scan_type = 'ENHANCED' and id > ? and coalesce(source, '') <> ?"
            + " order by id limit ?";

    static final String FINDINGS = "select severity, place, document from image_finding where scan_id = ?"
            + " and (severity, place) > (?, ?) order by severity, place limit ?";

    static final String COUNTED = "select count(*) from (select 1 from image_scan where is_counted = 1 and registry = "
            + REGISTRY + " and requested_at > ? limit ?) as counted";

    static final String WAITING = "select count(*) from (select 1 from image_scan where is_open = 1 and is_counted = ?"
            + " limit ?) as waiting";

    @Override
    public Waiting waiting(int most) {
        return new Waiting(waiting(1, most), waiting(0, most));
    }

    private long waiting(int isCounted, int most) {
        return sql.one(WAITING, row -> row.getLong(1), isCounted, most).orElseThrow();
    }

    @Override
    public ScanningConfiguration configuration(RegistryId registry) {
        return sql.one(
                        "select scan_type, rules from registry_scanning where registry = " + REGISTRY,
                        row -> ScanRows.configuration(row.getString(1), row.getString(2)),
                        registry.account(),
                        registry.region())
                .orElse(ScanningConfiguration.USUAL);
    }

    @Override
    public void configure(RegistryId registry, ScanningConfiguration configuration) {
        SqlRepositories.makeRegistry(sql, registry);
        sql.update(
                "insert into registry_scanning (registry, scan_type, rules) values (" + REGISTRY + ", ?, ?)"
                        + " on conflict (registry) do update set scan_type = excluded.scan_type, rules = excluded.rules",
                registry.account(),
                registry.region(),
                configuration.type().name(),
                ScanRows.rules(configuration));
    }

    @Override
    public List<RegistryId> enhanced() {
        return sql.list(
                "select r.account, r.region from registry_scanning s join registry r on r.id = s.registry"
                        + " where s.scan_type = 'ENHANCED'",
                row -> new RegistryId(new AccountId(row.getString(1)), row.getString(2)));
    }

    @Override
    public void pushed(Repository repository, StoredImage image, Instant at) {
        sql.later(
                "insert into scan_push (manifest_id, repo_id, digest, at) values (?, ?, ?, ?) on conflict do nothing",
                image.id(),
                repository.id(),
                image.digest(),
                at);
    }

    @Override
    public List<Pushed> pushed(int limit) {
        return sql.list(
                PUSHED,
                row -> new Pushed(row.getLong(1), row.getLong(2), Columns.digest(row, 3), Columns.instant(row, 4)),
                limit);
    }

    @Override
    public boolean isPushed(StoredImage image) {
        return sql.one("select 1 from scan_push where manifest_id = ?", row -> true, image.id())
                .isPresent();
    }

    @Override
    public void settle(Collection<Pushed> pushed) {
        sql.updateIn(
                "delete from scan_push where manifest_id in (*)",
                pushed.stream().map(Pushed::image).toList());
    }

    @Override
    public void request(Request request, Instant now) {
        new SqlScanWork(sql).request(request, now);
    }

    @Override
    public int count(RegistryId registry, Instant since, int most) {
        return sql.one(COUNTED, row -> row.getInt(1), registry.account(), registry.region(), since, most)
                .orElseThrow();
    }

    @Override
    public Map<Long, ImageScan> shown(Collection<StoredImage> images) {
        return ofImages(SHOWN, images);
    }

    @Override
    public Map<Long, ImageScan> last(Collection<StoredImage> images) {
        return ofImages(LAST, images);
    }

    private Map<Long, ImageScan> ofImages(String query, Collection<StoredImage> images) {
        return sql
                .listIn(
                        query,
                        ScanRows::scan,
                        images.stream().map(StoredImage::id).toList())
                .stream()
                .collect(toMap(ImageScan::image, identity(), maxBy(comparingLong(ImageScan::id))));
    }

    @Override
    public Optional<ImageScan> find(long id) {
        return sql.one(SELECT + "id = ?", ScanRows::scan, id);
    }

    @Override
    public List<ImageScan> open(Instant now, Instant latest, int limit) {
        return Stream.concat(
                        sql.list(OPEN, ScanRows::scan, now, limit).stream(),
                        sql.list(CLAIMED_TOO_LONG, ScanRows::scan, latest, limit).stream())
                .limit(limit)
                .toList();
    }

    @Override
    public boolean claim(ImageScan scan, Instant now, Instant latest, Instant until) {
        return new SqlScanWork(sql).claim(scan, now, latest, until);
    }

    @Override
    public boolean keep(ImageScan scan, Instant had, Instant until) {
        return new SqlScanWork(sql).keep(scan, had, until);
    }

    @Override
    public void add(ImageScan scan, List<Finding> findings, Cover cover) {
        new SqlScanWork(sql).add(scan, findings, cover);
    }

    @Override
    public boolean end(ImageScan scan, Instant had, ScanStatus status, ImageScan.Result result) {
        return new SqlScanWork(sql).end(scan, had, status, result);
    }

    @Override
    public void drop(ImageScan scan) {
        sql.update("update image_scan set is_open = 0, is_shown = 0, is_counted = 0 where id = ?", scan.id());
    }

    @Override
    public List<Finding> findings(ImageScan scan, Place after, int limit, Cover cover) {
        return sql.list(
                FINDINGS,
                row -> new Finding(
                        Severity.ofRank(row.getInt(1)),
                        row.getInt(2),
                        cover.open(SqlScanWork.FINDING, row.getBytes(3))),
                scan.id(),
                after.severity().rank(),
                after.place(),
                limit);
    }

    @Override
    public void forget(Repository repository, StoredImage image) {
        sql.later("update image_scan set is_open = 0, is_shown = 0, is_last = 0 where manifest_id = ?", image.id());
        sql.later("delete from image_components where manifest_id = ?", image.id());
        sql.later("delete from scan_push where manifest_id = ?", image.id());
    }

    @Override
    public List<ImageScan> over(int limit) {
        return sql.list(OVER, ScanRows::scan, limit);
    }

    @Override
    public boolean removeFindings(ImageScan scan, int limit) {
        return sql.update(
                        "delete from image_finding where (scan_id, severity, place) in"
                                + " (select scan_id, severity, place from image_finding where scan_id = ? limit ?)",
                        scan.id(),
                        limit)
                == limit;
    }

    @Override
    public void remove(ImageScan scan) {
        sql.update("delete from image_scan where id = ? and is_open = 0 and is_shown = 0 and is_last = 0", scan.id());
    }

    @Override
    public void keepComponents(ImageScan scan, byte[] document, Cover cover) {
        sql.update(
                "insert into image_components (manifest_id, repo_id, document) values (?, ?, ?)"
                        + " on conflict (manifest_id) do update set document = excluded.document",
                scan.image(),
                scan.repository(),
                cover.seal(SqlScanWork.COMPONENTS, document));
    }

    @Override
    public Optional<byte[]> components(ImageScan scan, Cover cover) {
        return sql.one(
                "select document from image_components where manifest_id = ?",
                row -> cover.open(SqlScanWork.COMPONENTS, row.getBytes(1)),
                scan.image());
    }

    @Override
    public List<ImageScan> outdated(ScanningConfiguration.Type type, String source, long after, int limit) {
        if (type != ScanningConfiguration.Type.ENHANCED) {
            throw new IllegalArgumentException("no index finds " + type);
        }
        return sql.list(OUTDATED, ScanRows::scan, after, source, limit);
    }
}
