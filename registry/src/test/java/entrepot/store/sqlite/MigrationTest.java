package entrepot.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.Referrer;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.store.Images.TaggedImage;
import entrepot.store.Transaction;
import entrepot.store.sql.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables of earlier versions, brought up to date with what is in them.
class MigrationTest {

    private static final Digest SUBJECT = digest("subject");
    private static final RegistryId REGISTRY = new RegistryId("123456789012", "eu-west-1");

    @TempDir
    Path directory;

    @Test
    void a_tag_knows_the_digest_of_its_manifest_from_before() throws SQLException {
        var file = directory.resolve("metadata.db");
        migrateTo("5", file);
        try (var sql = Sqlite.connectWriter(Sqlite.url(file))) {
            repository(sql);
            manifest(sql, 1, null, "{}");
            manifest(sql, 2, null, "[]");
            sql.update("insert into tag (repo_id, name, manifest_id, pushed_at) values (1, 'v2', 2, 0)");
        }

        try (var store = SqliteMetadataStore.open(file)) {
            var tags = store.read(tx -> tx.images().tags(app(tx), null, 9));

            assertThat(tags).containsExactly(new TaggedImage(new Tag("v2"), digest("[]")));
        }
    }

    @Test
    void who_a_policy_named_by_arn_before_is_named_by_id() throws SQLException {
        var file = directory.resolve("metadata.db");
        migrateTo("10", file);
        try (var sql = Sqlite.connectWriter(Sqlite.url(file))) {
            repository(sql);
            sql.update("insert into account values ('123456789012', 0)");
            for (var name : List.of("ann", "bob")) {
                sql.update(
                        "insert into iam_user values (?, '123456789012', ?, ?, '/team/', 0)",
                        "AIDA" + name.toUpperCase(Locale.ROOT),
                        name,
                        name);
            }
            sql.update("update repository set policy = ?", BY_ARN);
            sql.update(
                    "update registry set policy = ?",
                    "{\"Statement\":{\"Principal\":{\"AWS\":\"%s/bob\"}}}".formatted(TEAM));
        }

        try (var store = SqliteMetadataStore.open(file)) {
            var ofApp = store.read(tx -> tx.resourcePolicies().ofRepository(app(tx)));
            var ofRegistry =
                    store.read(tx -> tx.resourcePolicies().ofRegistry(new RegistryId("123456789012", "eu-west-1")));

            assertThat(ofApp.orElseThrow()).isEqualTo(BY_ID);
            assertThat(ofRegistry).contains("{\"Statement\":{\"Principal\":{\"AWS\":\"AIDABOB\"}}}");
        }
    }

    private static final String TEAM = "arn:aws:iam::123456789012:user/team";
    private static final String BY_ARN = """
            {"Statement":[{"Sid":"%1$s/ann","Principal":{"AWS":["*","%1$s/ann","%1$s/gone","%1$s/bob"]},\
            "Condition":{"NumericLessThan":{"a:b":1.50},"ArnLike":{"aws:PrincipalArn":"%1$s/ann"}}},\
            {"NotPrincipal":{"AWS":"%1$s/bob"}},{"Principal":"*"}]}""".formatted(TEAM);
    private static final String BY_ID = BY_ARN.replace("[\"*\",\"" + TEAM + "/ann", "[\"*\",\"AIDAANN")
            .replace(",\"" + TEAM + "/bob\"]", ",\"AIDABOB\"]")
            .replace("{\"AWS\":\"" + TEAM + "/bob\"}", "{\"AWS\":\"AIDABOB\"}");

    private static Repository app(Transaction tx) {
        return tx.repositories().find(REGISTRY, new RepositoryName("app")).orElseThrow();
    }

    private static void repository(Sql sql) {
        sql.update("insert into registry (id, account, region) values (1, '123456789012', 'eu-west-1')");
        sql.update("insert into repository (id, registry, name, tag_mutability, tag_exclusions, scan_on_push,"
                + " created_at) values (1, 1, 'app', 'MUTABLE', '', 0, 0)");
    }

    @Test
    void a_link_knows_its_registry_from_before() throws SQLException {
        var file = directory.resolve("metadata.db");
        migrateTo("10", file);
        try (var sql = Sqlite.connectWriter(Sqlite.url(file))) {
            repository(sql);
            sql.update(
                    "insert into blob (id, digest, size, storage_key, created_at) values (1, ?, 1, 'key', 0)", SUBJECT);
            sql.update("insert into repo_blob (repo_id, blob_id, linked_at) values (1, 1, 0)");
        }

        try (var store = SqliteMetadataStore.open(file)) {
            var found = store.read(tx -> tx.layers().repositoriesWith(REGISTRY, SUBJECT, 9));

            assertThat(found).containsExactly(new RepositoryName("app"));
        }
    }

    @Test
    void what_was_pushed_before_there_were_referrers_is_one() throws SQLException {
        var file = directory.resolve("metadata.db");
        migrateTo("3", file);
        try (var sql = Sqlite.connectWriter(Sqlite.url(file))) {
            repository(sql);
            manifest(sql, 1, "application/a", "{\"annotations\":{\"k\":\"\u00fc\",\"n\":1,\"o\":{\"x\":\"y\"}}}");
            manifest(sql, 2, null, "{\"artifactType\":\"application/b\",\"annotations\":[\"a\"]}");
            manifest(sql, 3, null, "{}");
        }

        try (var store = SqliteMetadataStore.open(file)) {
            var found = store.read(tx -> tx.referrers().of(app(tx), SUBJECT, null, 0, 9));
            var annotations = store.read(tx -> tx.referrers().annotations(found));

            assertThat(found)
                    .extracting(Referrer::artifactType)
                    .containsExactly("application/a", "application/b", null);
            assertThat(found).extracting(Referrer::annotationsSize).containsExactly(10, 2, 2);
            assertThat(annotations.values())
                    .extracting(a -> a.json())
                    .containsExactlyInAnyOrder("{\"k\":\"\u00fc\"}", "{}", "{}");
        }
    }

    private static void manifest(Sql sql, long id, @Nullable String type, String text) {
        sql.update(
                "insert into manifest (id, repo_id, digest, media_type, artifact_type, subject, size, image_size,"
                        + " pushed_at) values (?, 1, ?, 'application/x', ?, ?, 1, 1, 0)",
                id,
                digest(text),
                type,
                SUBJECT);
        sql.update("insert into manifest_content (manifest_id, bytes) values (?, ?)", id, text.getBytes(UTF_8));
    }

    private static Digest digest(String text) {
        var hash = Digest.Algorithm.SHA256.newComputation().digest(text.getBytes(UTF_8));
        return new Digest(Digest.Algorithm.SHA256, HexFormat.of().formatHex(hash));
    }

    private static void migrateTo(String version, Path file) {
        Sqlite.create(file);
        Flyway.configure()
                .dataSource(Sqlite.url(file), null, null)
                .locations("classpath:db/migration/common", "classpath:db/migration/sqlite")
                .target(version)
                .load()
                .migrate();
    }
}
