package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Writes rows straight into Entrepot's database while no server runs, since a million pushes would take minutes. The
/// rows are those that pushes leave.
final class Filling implements AutoCloseable {
    private static final long TIME = 1_750_000_000_000_000L;
    private static final int BATCH = 10_000;
    private static final int TAG_LENGTH = 40;

    private final Connection connection;
    private final List<Blob> stored;
    private int manifests;

    private Filling(Connection connection, List<Blob> stored) {
        this.connection = connection;
        this.stored = stored;
    }

    /// @param stored the config and the layer of all images, which some repository has
    static Filling of(Path database, List<Blob> stored) throws IOException {
        try {
            var filling = new Filling(DriverManager.getConnection("jdbc:sqlite:" + database), stored);
            filling.execute("pragma journal_mode = off");
            filling.execute("pragma synchronous = off");
            filling.execute("pragma cache_size = -500000");
            filling.connection.setAutoCommit(false);
            return filling;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /// Into a database of PostgreSQL, whose owner may do all.
    static Filling of(String url, String user, List<Blob> stored) throws IOException {
        try {
            var filling =
                    new Filling(DriverManager.getConnection(url + "?reWriteBatchedInserts=true", user, ""), stored);
            filling.execute("set synchronous_commit = off");
            filling.execute("set session_replication_role = replica"); // no look at each reference
            filling.connection.setAutoCommit(false);
            return filling;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /// PostgreSQL gives the next ids, and knows what it has, as when it had time to look.
    void settlePostgres() throws IOException {
        try {
            for (var table : List.of("manifest", "repository")) {
                execute("select setval(pg_get_serial_sequence('%1$s', 'id'), (select max(id) from %1$s))"
                        .formatted(table));
            }
            connection.setAutoCommit(true);
            execute("vacuum analyze");
            execute("checkpoint");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /// @param repository that is there, and empty
    /// @param tags how many tags each image has, the first one being number 0; they are named as commits are
    void images(String repository, int images, IntUnaryOperator tags) throws IOException {
        try {
            var id = number("select id from repository where name = '" + repository + "' and deleted_at is null");
            var first = 1 + number("select coalesce(max(id), 0) from manifest");
            link(id);
            execute("insert into image_count (repo_id, slot, images) values (%d, 0, %d)".formatted(id, images));
            new Rows(connection, id, first).write(images, tags);
            reference(id);
            connection.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private void link(long repository) throws SQLException {
        try (var statement = connection.prepareStatement(
                """
                insert into repo_blob (repo_id, blob_id, media_type, linked_at, registry)
                select r.id, b.id, case b.digest when ? then '%s' else '%s' end, %d, r.registry
                from repository r cross join blob b where r.id = %d
                on conflict do nothing""".formatted(TaggedManifest.CONFIG_TYPE, TaggedManifest.LAYER_TYPE, TIME, repository))) {
            statement.setObject(1, column(stored.getFirst().digest()));
            statement.execute();
        }
    }

    /// All images name all that is stored.
    private void reference(long repository) throws SQLException {
        execute("""
                insert into manifest_blob (repo_id, blob_id, manifest_id)
                select m.repo_id, l.blob_id, m.id from manifest m cross join repo_blob l
                where m.repo_id = %1$d and l.repo_id = %1$d""".formatted(repository));
    }

    /// Artifacts that name one image of the repository as their subject.
    void referrers(String repository, int count) throws IOException {
        try {
            var id = number("select id from repository where name = '" + repository + "' and deleted_at is null");
            execute("analyze");
            execute("""
                    update manifest set artifact_type = 'application/x.benchmark', subject =
                    (select digest from manifest where repo_id = %1$d order by id limit 1)
                    where repo_id = %1$d and id > (select max(id) from manifest where repo_id = %1$d) - %2$d""".formatted(id, count));
            execute("""
                    insert into referrer (manifest_id, repo_id, subject, artifact_type, annotations_size, annotations)
                    select id, repo_id, subject, artifact_type, 2, '{}' from manifest
                    where repo_id = %d and subject is not null""".formatted(id));
            connection.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /// As the column of a digest has it: a byte for the algorithm, then the hash.
    private static byte[] column(String digest) {
        var hash = HexFormat.of().parseHex(digest.substring("sha256:".length()));
        var column = new byte[1 + hash.length];
        column[0] = 1;
        System.arraycopy(hash, 0, column, 1, hash.length);
        return column;
    }

    /// Empty repositories in a region that has none.
    void repositories(String region, int count) throws IOException {
        try (var row = connection.prepareStatement("insert into repository (registry, name, tag_mutability,"
                + " tag_exclusions, scan_on_push, created_at) values (?, ?, ?, ?, ?, ?)")) {
            execute("insert into registry (account, region) select account, '" + region + "' from registry limit 1");
            var registry = number("select max(id) from registry");
            for (var i = 0; i < count; i++) {
                add(row, i, registry, "team/app-%06d".formatted(i), "MUTABLE", "", 0, TIME + i);
            }
            row.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /// As a commit is named.
    private static String tagName(long image, int number) {
        return Hash.sha256((image + " " + number).getBytes(UTF_8)).substring(0, TAG_LENGTH);
    }

    /// Names of tags of the repository, from all over it.
    List<String> someTags(String repository, int count) throws IOException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select t.name from tag t join repository r on r.id = t.repo_id"
                        + " where r.name = '%s' order by t.name limit %d".formatted(repository, count))) {
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /// The digest of the oldest image of the repository.
    String firstDigest(String repository) throws IOException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select m.digest from manifest m join repository r on r.id = m.repo_id"
                        + " where r.name = '" + repository + "' order by m.id limit 1")) {
            row.next();
            return "sha256:" + Hash.hex(row.getBytes(1)).substring(2);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private void execute(String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private long number(String text) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(text)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void add(PreparedStatement statement, int number, Object... values) throws SQLException {
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
        if (number % BATCH == BATCH - 1) {
            statement.executeBatch();
        }
    }

    /// The rows of one repository's images.
    private final class Rows {
        private final long repository;
        private final long first;
        private final PreparedStatement manifest;
        private final PreparedStatement content;
        private final PreparedStatement tag;
        private int written;

        Rows(Connection connection, long repository, long first) throws SQLException {
            this.repository = repository;
            this.first = first;
            manifest = connection.prepareStatement("insert into manifest (id, repo_id, digest, media_type,"
                    + " artifact_type, size, image_size, tag_count, pushed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
            content = connection.prepareStatement("insert into manifest_content (manifest_id, bytes) values (?, ?)");
            tag = connection.prepareStatement(
                    "insert into tag (repo_id, name, manifest_id, digest, pushed_at) values (?, ?, ?, ?, ?)");
        }

        void write(int images, IntUnaryOperator tags) throws SQLException {
            var size = stored.stream().mapToLong(Blob::size).sum();
            for (var i = 0; i < images; i++) {
                image(i, size, tags.applyAsInt(i));
            }
            for (var statement : List.of(manifest, content, tag)) {
                statement.executeBatch();
                statement.close();
            }
        }

        private void image(int number, long size, int tags) throws SQLException {
            var bytes = TaggedManifest.of(manifests++, stored).manifest().getBytes(UTF_8);
            var id = first + number;
            var time = TIME + number;
            var digest = column("sha256:" + Hash.sha256(bytes));
            add(
                    manifest,
                    number,
                    id,
                    repository,
                    digest,
                    TaggedManifest.MEDIA_TYPE,
                    TaggedManifest.CONFIG_TYPE,
                    bytes.length,
                    size,
                    tags,
                    time);
            add(content, number, id, bytes);
            for (var t = 0; t < tags; t++) {
                add(tag, written++, repository, tagName(id, t), id, digest, time);
            }
        }
    }
}
