package entrepot.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Annotations;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.MediaType;
import entrepot.domain.Referral;
import entrepot.domain.Referrer;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.store.Cover;
import entrepot.store.Referrers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Table `referrer`.
record SqlReferrers(Sql sql) implements Referrers {

    private static final String SELECT = "select r.manifest_id, m.digest, m.media_type, m.size, r.artifact_type,"
            + " r.annotations_size, m.status from referrer r cross join manifest m"
            + " where m.id = r.manifest_id and r.repo_id = ? and ";

    /// The image that they are about is deleted.
    static final String ORPHAN = "update referrer set is_orphan = 1 where repo_id = ? and subject = ?";

    /// Made when the first image is one.
    private static final class Json {
        static final JsonMapper MAPPER = new JsonMapper();
    }

    void add(StoredImage image, long repository, Referral referral, Cover cover) {
        var annotations =
                Json.MAPPER.writeValueAsBytes(referral.annotations()); // escapes half characters, which no text holds
        sql.later(
                "insert into referrer (manifest_id, repo_id, subject, artifact_type, annotations_size, annotations)"
                        + " values (?, ?, ?, ?, ?, ?)",
                image.id(),
                repository,
                referral.subject(),
                referral.artifactType(),
                annotations.length,
                text(image.digest(), annotations, cover));
    }

    /// Sealed bytes are in Base64.
    private static String text(Digest digest, byte[] annotations, Cover cover) {
        return cover.equals(Cover.NONE)
                ? new String(annotations, UTF_8)
                : Base64.getEncoder().encodeToString(cover.seal(name(digest), annotations));
    }

    private static Annotations annotations(Digest digest, String text, Cover cover) {
        return new Annotations(
                cover.equals(Cover.NONE)
                        ? text
                        : new String(
                                cover.open(name(digest), Base64.getDecoder().decode(text)), UTF_8));
    }

    private static String name(Digest digest) {
        return "annotations " + digest;
    }

    @Override
    public List<Referrer> page(Repository repository, Digest subject, Which which, long afterId, int limit) {
        var type = which.artifactType();
        var values = new ArrayList<Object>();
        values.addAll(
                type == null ? List.of(subject, afterId, subject) : List.of(subject, type, afterId, subject, type));
        if (which.status() != null) {
            values.add(which.status().name());
        }
        values.addFirst(repository.id());
        values.add(limit);
        var text = type == null ? page(sql.engine(), which.status()) : pageOfType(sql.engine(), which.status());
        return sql.list(text, SqlReferrers::referrer, values.toArray());
    }

    static String page(Engine engine, @Nullable ImageStatus status) {
        return SELECT + engine.after("r.subject", "r.manifest_id") + filter(status)
                + " order by r.subject, r.manifest_id limit ?";
    }

    static String pageOfType(Engine engine, @Nullable ImageStatus status) {
        return SELECT + engine.after("r.subject", "r.artifact_type", "r.manifest_id") + filter(status)
                + " order by r.subject, r.artifact_type, r.manifest_id limit ?";
    }

    private static String filter(@Nullable ImageStatus status) {
        return status == null ? "" : " and m.status = ?";
    }

    @Override
    public Set<Long> orphans(Collection<StoredImage> images) {
        return Set.copyOf(sql.listIn(
                "select manifest_id from referrer where is_orphan = 1 and manifest_id in (*)",
                row -> row.getLong(1),
                images.stream().map(StoredImage::id).toList()));
    }

    @Override
    public Map<Long, Annotations> annotations(Collection<Referrer> referrers, Cover cover) {
        record Row(long id, String text) {}
        var texts = new HashMap<Long, String>();
        sql.listIn(
                        "select manifest_id, annotations from referrer where manifest_id in (*)",
                        row -> new Row(row.getLong(1), row.getString(2)),
                        referrers.stream().map(Referrer::id).toList())
                .forEach(row -> texts.put(row.id(), row.text()));
        var annotations = new HashMap<Long, Annotations>();
        for (var referrer : referrers) {
            Optional.ofNullable(texts.get(referrer.id()))
                    .ifPresent(text -> annotations.put(referrer.id(), annotations(referrer.digest(), text, cover)));
        }
        return annotations;
    }

    private static Referrer referrer(ResultSet row) throws SQLException {
        return new Referrer(
                row.getLong(1),
                Columns.digest(row, 2),
                new MediaType(row.getString(3)),
                row.getLong(4),
                row.getString(5),
                row.getInt(6),
                ImageStatus.valueOf(row.getString(7)));
    }
}
