package entrepot.store.sql;

import entrepot.domain.ImageScan;
import entrepot.domain.ImageScan.Cause;
import entrepot.domain.ScanStatus;
import entrepot.store.Cover;
import entrepot.store.Scans.Finding;
import entrepot.store.Scans.Request;
import java.time.Instant;
import java.util.List;

/// How scans are asked for, made and ended, in tables `image_scan` and `image_finding`.
record SqlScanWork(Sql sql) {

    /// The names under which rows are covered.
    static final String FINDING = "finding";

    static final String COMPONENTS = "components";

    void request(Request request, Instant now) {
        var shows = request.cause() != Cause.CHANGE;
        if (!shows && isOpen(request.image().image())) {
            return;
        }
        if (shows) {
            sql.update(
                    "update image_scan set is_open = 0, is_shown = 0 where manifest_id = ?",
                    request.image().image());
        }
        var opens = request.status().isOpen();
        sql.update(
                "insert into image_scan (manifest_id, repo_id, registry, digest, scan_type, cause, status, requested_at,"
                        + " claimed_until, description, completed_at, is_open, is_shown, is_counted, is_last)"
                        + " values (?, ?, (select id from registry where account = ? and region = ?),"
                        + " ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, 0)",
                request.image().image(),
                request.image().repository(),
                request.registry().account(),
                request.registry().region(),
                request.image().digest(),
                request.type().name(),
                request.cause().name(),
                request.status().name(),
                now,
                request.description(),
                opens ? null : now,
                opens,
                shows,
                opens && shows);
    }

    private boolean isOpen(long image) {
        return sql.one("select 1 from image_scan where manifest_id = ? and is_open = 1", row -> true, image)
                .isPresent();
    }

    boolean claim(ImageScan scan, Instant now, Instant latest, Instant until) {
        return sql.update(
                        "update image_scan set claimed_until = ?, status = 'IN_PROGRESS' where id = ? and is_open = 1"
                                + " and (claimed_until < ? or claimed_until > ?)",
                        until,
                        scan.id(),
                        now,
                        latest)
                == 1;
    }

    boolean keep(ImageScan scan, Instant had, Instant until) {
        return sql.update(
                        "update image_scan set claimed_until = ? where id = ? and is_open = 1 and claimed_until = ?",
                        until,
                        scan.id(),
                        had)
                == 1;
    }

    void add(ImageScan scan, List<Finding> findings, Cover cover) {
        for (var finding : findings) {
            sql.later(
                    "insert into image_finding (scan_id, severity, place, repo_id, document) values (?, ?, ?, ?, ?)",
                    scan.id(),
                    finding.severity().rank(),
                    finding.place(),
                    scan.repository(),
                    cover.seal(FINDING, finding.document()));
        }
    }

    boolean end(ImageScan scan, Instant had, ScanStatus status, ImageScan.Result result) {
        var source = result.source();
        var ended = sql.update(
                "update image_scan set status = ?, description = ?, completed_at = ?, counts = ?, source = ?,"
                        + " source_at = ?, is_open = 0, is_shown = 1 where id = ? and is_open = 1 and claimed_until = ?",
                status.name(),
                result.description(),
                result.completedAt(),
                ScanRows.counts(result.counts()),
                source == null ? null : source.name(),
                source == null ? null : source.updatedAt(),
                scan.id(),
                had);
        if (ended == 1) {
            sql.update(
                    "update image_scan set is_open = 0, is_shown = 0 where manifest_id = ? and id < ?",
                    scan.image(),
                    scan.id());
        }
        if (ended == 1 && (status == ScanStatus.COMPLETE || status == ScanStatus.ACTIVE)) {
            sql.update(
                    "update image_scan set is_last = case when id = ? then 1 else 0 end where manifest_id = ?",
                    scan.id(),
                    scan.image());
        }
        return ended == 1;
    }
}
