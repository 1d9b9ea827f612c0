package entrepot.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.postgres.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages touch no rows but their own in PostgreSQL, where a planner believes that the rows of two repositories lie
/// among each other, while those of the second come after all those of the first.
class PostgresPlanTest {

    private static final Engine ENGINE = TestPostgres.engine();
    private static final int EACH = 20_000;
    private static final String SUBJECT = "decode('01', 'hex')";

    @TempDir
    Path folder;

    private Connection connection;

    @BeforeEach
    void fill_two_repositories() throws SQLException {
        var settings = TestPostgres.settings(folder, TestPostgres.fresh());
        connection = DriverManager.getConnection(settings.get("metadata.url"), settings.get("metadata.user"), "");
        run("set session_replication_role = replica");
        run("insert into manifest (id, repo_id, digest, media_type, size, image_size, pushed_at)"
                + " select i, 1 + i / %d, decode(md5(i::text), 'hex'), 'm', 1, 1, 1 from generate_series(1, %d) i"
                        .formatted(EACH, 2 * EACH - 1));
        run("insert into referrer (manifest_id, repo_id, subject, artifact_type, annotations_size, annotations)"
                + " select id, repo_id, " + SUBJECT + ", 't', 0, '' from manifest");
        run("insert into kms_grant (id, key_id, grantee, operations, constraints, name, issuer, created_at)"
                + " select lpad(id::text, 9, '0'), 'k' || repo_id, 'g', '', '', '', '', 1 from manifest");
        run("insert into kms_key (id, account, region, manager, description, state, material, policy, created_at)"
                + " select lpad(id::text, 9, '0'), 'a' || repo_id, 'r', '', '', '', 1, '', 1 from manifest");
        run("insert into tag (repo_id, name, manifest_id, pushed_at, digest)"
                + " select repo_id, md5(id::text), id, 1, digest from manifest");
        run("insert into archived_image (manifest_id, repo_id, status)"
                + " select id, repo_id, 'ARCHIVED' from manifest where repo_id = 1");
        run("vacuum analyze");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void of_images() throws SQLException {
        for (var filter : List.of("", SqlImages.UNTAGGED, SqlImages.ACTIVE)) {
            assertQuick(SqlImages.page(ENGINE, filter), "2", "0", "2", "100");
        }
    }

    /// The rows of neighbours lie far apart, which costs the more the more there are.
    @Test
    void of_tags_from_the_index_alone() throws SQLException {
        assertQuick(SqlImages.TAG_NAMES, "2", "''", "2", "100");
        assertThat(plan(SqlImages.TAG_NAMES, "2", "''", "2", "100")).anyMatch(line -> line.contains("Index Only Scan"));
    }

    @Test
    void of_referrers() throws SQLException {
        assertQuick(SqlReferrers.page(ENGINE, null), "2", SUBJECT, "0", SUBJECT, "100");
        assertQuick(SqlReferrers.pageOfType(ENGINE, null), "2", SUBJECT, "'t'", "0", SUBJECT, "'t'", "100");
    }

    /// Only those that are there: a type that none has is known to be of none.
    @Test
    void of_referrers_of_a_type_that_none_has() throws SQLException {
        assertQuick(SqlReferrers.pageOfType(ENGINE, null), "2", SUBJECT, "'none'", "0", SUBJECT, "'none'", "100");
    }

    @Test
    void of_keys_and_grants() throws SQLException {
        assertQuick(SqlEncryptionKeys.page(ENGINE), "'a2'", "'r'", "''", "'a2'", "'r'", "100");
        assertQuick(SqlKeyGrants.page(ENGINE), "'k2'", "''", "'k2'", "100");
        assertQuick(SqlKeyGrants.pageTo(ENGINE), "'k2'", "'g'", "''", "'k2'", "'g'", "100");
    }

    /// Few blobs are named by many images, and so a walk through all of them seems to come upon one soon.
    @Test
    void of_a_layer_that_no_image_names() throws SQLException {
        run("insert into blob (id, digest, encryption, size, storage_key, created_at)"
                + " select i, decode(md5(i::text), 'hex'), 'AES256', 1, 'k' || i, 1 from generate_series(1, 11) i");
        run("insert into registry (id, account, region) values (1, '0', 'r')");
        run("insert into repository (id, registry, name, tag_mutability, tag_exclusions, scan_on_push, created_at)"
                + " values (1, 1, 'app', 'MUTABLE', '', 0, 1)");
        run("insert into repo_blob (repo_id, blob_id, registry, linked_at) select 1, id, 1, 1 from blob");
        run("insert into manifest_blob (repo_id, blob_id, manifest_id) select 1, 1 + id % 10, id from manifest");
        run("vacuum analyze");

        assertWalksNoManifests(SqlLayers.FIND, "1", "decode(md5('11'), 'hex')");
        assertWalksNoManifests(SqlLayers.FIND_BY_NAME, "'0'", "'r'", "'app'", "decode(md5('11'), 'hex')");
        assertWalksNoManifests(SqlLayers.REFERENCED, "decode(md5('11'), 'hex')", "1");
        assertWalksNoManifests(SqlLinks.USED, "1", "11", "1", "11", "0", "11", "1");
    }

    private void assertWalksNoManifests(String text, String... values) throws SQLException {
        assertThat(plan(text.replace("(*)", "(?)"), values))
                .anyMatch(line -> line.contains("on manifest_blob"))
                .noneMatch(line -> line.contains("Seq Scan on manifest_blob"))
                .noneSatisfy(line -> assertThat(line).containsPattern("Rows Removed by .*: [0-9]{3}"));
    }

    /// No step reads more rows than the page has, or throws any away, or sorts.
    private void assertQuick(String text, String... values) throws SQLException {
        assertThat(plan(text, values))
                .isNotEmpty()
                .noneSatisfy(line -> assertThat(line).containsPattern("Rows Removed|Seq Scan|Sort"));
    }

    private List<String> plan(String text, String... values) throws SQLException {
        return lines("explain (analyze, costs off, timing off) " + with(text, values));
    }

    private static String with(String text, String... values) {
        return Stream.of(values).reduce(text, (rest, value) -> rest.replaceFirst("\\?", value));
    }

    private void run(String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private List<String> lines(String query) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
