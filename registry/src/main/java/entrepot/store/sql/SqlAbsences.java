package entrepot.store.sql;

import entrepot.domain.Digest;
import entrepot.domain.StoredImage;
import entrepot.store.Images;
import entrepot.store.LostRaceException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Table `manifest_absent`: what sparse manifests name and lack. What arrives later is held by them from then on, as if
/// it had been there before.
record SqlAbsences(Sql sql, long repository) {

    static final String OF_DIGEST = "select manifest_id from manifest_absent where repo_id = ? and digest = ?";
    static final String OF_MANIFEST = "select digest from manifest_absent where manifest_id = ?";

    private static final String BLOB_ARRIVED =
            "select 1 from repo_blob r join blob b on b.id = r.blob_id" + " where r.repo_id = ? and b.digest in (*)";

    private static final String CHILD_ARRIVED = "select 1 from manifest where repo_id = ? and digest in (*)";

    private static final String BLOB = " and media_type is not null";
    private static final String CHILD = " and media_type is null";

    /// Who brings one of them at the same time either finds the row, or is found.
    void add(StoredImage image, Images.Absent absent) {
        Stream.concat(absent.blobs().keySet().stream(), absent.children().stream())
                .sorted(Comparator.comparing(Digest::toString))
                .forEach(digest -> sql.engine().lock(sql::later, repository, digest));
        absent.blobs().forEach((digest, mediaType) -> add(image, digest, mediaType));
        absent.children().forEach(digest -> add(image, digest, null));
        refuseArrived(BLOB_ARRIVED, absent.blobs().keySet());
        refuseArrived(CHILD_ARRIVED, absent.children());
    }

    private void refuseArrived(String arrived, Collection<Digest> absent) {
        if (!sql.engine().hasOneWriter()
                && !sql.listIn(arrived, row -> true, absent, repository).isEmpty()) {
            throw new LostRaceException("what was absent has arrived");
        }
    }

    private void add(StoredImage image, Digest digest, @Nullable String mediaType) {
        sql.later(
                "insert into manifest_absent (repo_id, digest, manifest_id, media_type) values (?, ?, ?, ?)",
                repository,
                digest,
                image.id(),
                mediaType);
    }

    /// The repository has this blob now.
    void arrived(Digest digest, long blob) {
        sql.engine().lock(sql::later, repository, digest);
        if (waits(digest, BLOB)) {
            sql.later(
                    "insert into manifest_blob (repo_id, blob_id, manifest_id)"
                            + " select repo_id, ?, manifest_id from manifest_absent where repo_id = ? and digest = ?"
                            + BLOB + " on conflict do nothing",
                    blob,
                    repository,
                    digest);
            sql.later(
                    "update repo_blob set media_type = (select media_type from manifest_absent"
                            + " where repo_id = ? and digest = ?" + BLOB + " order by manifest_id desc limit 1)"
                            + " where repo_id = ? and blob_id = ?",
                    repository,
                    digest,
                    repository,
                    blob);
            forget(digest, BLOB);
        }
    }

    /// Asks whether a list waits for the manifest. In a transaction that may write nobody else brings it, or lacks it,
    /// until that ends.
    List<Boolean> waitFor(Questions questions, Digest child) {
        if (sql.mayWrite()) {
            sql.engine().lock(questions::run, repository, child);
        }
        return questions.list(OF_DIGEST + CHILD + " limit 1", row -> true, repository, child);
    }

    /// The repository has this manifest now, for which lists wait.
    void arrived(StoredImage child) {
        sql.later(
                "insert into manifest_child (repo_id, child_id, parent_id)"
                        + " select repo_id, ?, manifest_id from manifest_absent where repo_id = ? and digest = ?"
                        + CHILD,
                child.id(),
                repository,
                child.digest());
        forget(child.digest(), CHILD);
    }

    static Set<Digest> of(Sql sql, StoredImage image) {
        return new HashSet<>(sql.list(OF_MANIFEST, row -> Columns.digest(row, 1), image.id()));
    }

    private boolean waits(Digest digest, String kind) {
        return sql.one(OF_DIGEST + kind + " limit 1", row -> true, repository, digest)
                .isPresent();
    }

    private void forget(Digest digest, String kind) {
        sql.later("delete from manifest_absent where repo_id = ? and digest = ?" + kind, repository, digest);
    }
}
