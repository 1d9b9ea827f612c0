package entrepot.store.sql;

/// The search for what is in nobody's use though nobody wrote that down: what was there before collection was, what a
/// version before it left while nodes were replaced, what came by a move. It goes along the layers of repositories, and
/// then along the blobs.
record SqlGarbageWalk(Sql sql) {

    private static final String PLACE = "select walked_repo, walked_blob from gc_clock where number = 1";

    /// While it goes along the blobs.
    private static final long IN_NO_REPOSITORY = -1;

    static final String NEXT_LINKS = "select repo_id, blob_id from repo_blob where (repo_id, blob_id) > (?, ?)"
            + " order by repo_id, blob_id limit ?";

    private static final String ADD_LINKS = "insert into gc_link (repo_id, blob_id, since, manifest_id)"
            + " select r.repo_id, r.blob_id, " + SqlGarbage.NOW + ", 0 from repo_blob r"
            + " where (r.repo_id, r.blob_id) > (?, ?) and (r.repo_id, r.blob_id) <= (?, ?)"
            + " and not " + SqlLayers.NAMED
            + " and not exists (select 1 from gc_link g where g.repo_id = r.repo_id and g.blob_id = r.blob_id)"
            + " on conflict do nothing";

    static final String NEXT_BLOBS = "select id from blob where id > ? order by id limit ?";

    private static final String ADD_BLOBS = "insert into gc_blob (blob_id, since) select b.id, " + SqlGarbage.NOW
            + " from blob b where b.id > ? and b.id <= ?"
            + " and not exists (select 1 from repo_blob r where r.blob_id = b.id)"
            + " and not exists (select 1 from history_blob h where h.blob_id = b.id) on conflict do nothing";

    private record Place(long repository, long blob) {}

    boolean go(int rows) {
        var place =
                sql.one(PLACE, row -> new Place(row.getLong(1), row.getLong(2))).orElseThrow();
        var next = place.repository() == IN_NO_REPOSITORY ? blobs(place, rows) : links(place, rows);
        sql.later(
                "update gc_clock set walked_repo = ?, walked_blob = ? where number = 1",
                next.repository(),
                next.blob());
        var isAtEnd = next.equals(new Place(0, 0));
        if (isAtEnd) {
            sql.later("update gc_clock set walked_at = now where number = 1");
        }
        return !isAtEnd;
    }

    private Place links(Place place, int rows) {
        var found = sql.list(
                NEXT_LINKS, row -> new Place(row.getLong(1), row.getLong(2)), place.repository(), place.blob(), rows);
        if (found.isEmpty()) {
            return new Place(IN_NO_REPOSITORY, 0);
        }
        var last = found.getLast();
        sql.later(ADD_LINKS, place.repository(), place.blob(), last.repository(), last.blob());
        return last;
    }

    private Place blobs(Place place, int rows) {
        var found = sql.list(NEXT_BLOBS, row -> row.getLong(1), place.blob(), rows);
        if (found.isEmpty()) {
            return new Place(0, 0);
        }
        sql.later(ADD_BLOBS, place.blob(), found.getLast());
        return new Place(IN_NO_REPOSITORY, found.getLast());
    }
}
