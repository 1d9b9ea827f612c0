package entrepot.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.domain.RegistryId;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.store.sqlite.SqliteMetadataStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry's rows name rows of no other one, so that registries can lie in several databases (docs/scaling.md).
class RegistriesApartTest {

    /// How the row `$` of a table says whose it is, by the first of these columns that it has.
    private static final Map<String, String> OWNER = Map.of(
            "registry", "$.registry",
            "repo_id", "(select registry from repository where id = $.repo_id)",
            "manifest_id",
                    "(select r.registry from manifest m join repository r on r.id = m.repo_id where m.id = $.manifest_id)",
            "backfill_id", "(select registry from replication_backfill where id = $.backfill_id)",
            "upload_id",
                    "(select r.registry from upload u join repository r on r.id = u.repo_id where u.id = $.upload_id)");

    /// Of a database, which has its own, or of an account, which has them in each database with a registry of it.
    private static final Set<String> OF_NO_REGISTRY = Set.of(
            "archived_blob",
            "backup_hold",
            "blob",
            "blob_by_encryption",
            "blob_delete",
            "blob_walk",
            "console_session",
            "event",
            "event_line",
            "event_target",
            "event_waiting",
            "gc_blob",
            "gc_clock",
            "piece",
            "replication_change",
            "replication_line",
            "replication_upload",
            "replication_waiting",
            "secret",
            "move",
            "moved_blob",
            "account",
            "access_key",
            "iam_attachment",
            "iam_policy",
            "iam_policy_tag",
            "iam_policy_version",
            "iam_user",
            "iam_user_policy",
            "iam_user_tag",
            "kms_alias",
            "kms_grant",
            "kms_key",
            "kms_key_material",
            "kms_key_tag",
            "sm_secret",
            "sm_secret_stage",
            "sm_secret_tag",
            "sm_secret_version");

    private record Reference(String table, String parent, String joined) {}

    @TempDir
    Path folder;

    private World world;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        var file = folder.resolve("metadata.db");
        world = World.on(SqliteMetadataStore.open(file));
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        world.close();
    }

    @Test
    void every_table_is_a_registrys_or_known_to_be_of_none() throws SQLException {
        for (var table : tables()) {
            assertThat(isOwned(table)).as(table).isNotEqualTo(OF_NO_REGISTRY.contains(table));
        }
    }

    /// So its rows can go elsewhere, with those blobs.
    @Test
    void a_registrys_tables_reference_each_other_and_blobs_and_nothing_references_them() throws SQLException {
        for (var reference : references()) {
            var inside = isOwned(reference.table()) && isOwned(reference.parent());
            var outside = !isOwned(reference.table()) && !isOwned(reference.parent());
            assertThat(inside || outside || reference.parent().equals("blob"))
                    .as("%s names %s", reference.table(), reference.parent())
                    .isTrue();
        }
    }

    @Test
    void registries_with_the_same_images_reference_no_rows_of_each_other() throws SQLException {
        pushAll(world.root);
        pushAll(inRegion("us-east-1"));

        assertThat(number("select count(distinct registry) from repository")).isEqualTo(2);
        assertThat(number("select count(*) from blob")).isEqualTo(2);
        var seen = new TreeSet<String>();
        for (var reference : references()) {
            if (isOwned(reference.table()) && isOwned(reference.parent()) && rows(reference, "") > 0) {
                seen.add(reference.table());
                assertThat(rows(
                                reference,
                                " and " + owner(reference.table(), "c") + " <> " + owner(reference.parent(), "p")))
                        .as("%s names %s", reference.table(), reference.parent())
                        .isZero();
            }
        }
        assertThat(seen)
                .contains("manifest", "manifest_blob", "manifest_child", "referrer", "repo_blob", "tag", "upload");
    }

    private Caller inRegion(String region) {
        var registry = new RegistryId(World.ID.account(), region);
        return new Caller(world.root.principal(), registry, world.root.address(), World.ORIGIN);
    }

    /// An image, a list of it, a signature of it, and an open upload.
    private void pushAll(Caller caller) {
        var pushes = new PushesBy(world, caller);
        pushes.create();
        pushes.layer(Images.CONFIG);
        pushes.layer(Images.LAYER);
        pushes.begin();
        var image = Images.image("one");
        pushes.image(image, "latest");
        pushes.image(Images.index(image), "list");
        pushes.image(Images.about(Images.digest(image)), "signature");
    }

    private List<String> tables() throws SQLException {
        return texts("select name from sqlite_master where type = 'table' and name not like 'flyway%'"
                + " and name not like 'sqlite_%'");
    }

    private boolean isOwned(String table) throws SQLException {
        return !owner(table, "c").isEmpty();
    }

    /// The registry of a row, as SQL; nothing for a table whose rows are of none.
    private String owner(String table, String row) throws SQLException {
        if (table.equals("registry")) {
            return row + ".id";
        }
        var columns = texts("select name from pragma_table_info('" + table + "')");
        return List.of("registry", "repo_id", "manifest_id", "backfill_id", "upload_id").stream()
                .filter(columns::contains)
                .map(column -> OWNER.getOrDefault(column, "").replace("$", row))
                .findFirst()
                .orElse("");
    }

    private List<Reference> references() throws SQLException {
        var references = new ArrayList<Reference>();
        for (var table : tables()) {
            for (var id : texts("select distinct id from pragma_foreign_key_list('" + table + "')")) {
                references.add(reference(table, id));
            }
        }
        return references;
    }

    /// Where it names no columns, it means the parent's key.
    private Reference reference(String table, String id) throws SQLException {
        var of = " from pragma_foreign_key_list('%s') f where f.id = %s order by f.seq".formatted(table, id);
        var parent = texts("select f.\"table\"" + of).getFirst();
        var joined = texts("select 'c.' || f.\"from\" || ' = p.' || coalesce(f.\"to\","
                        + " (select k.name from pragma_table_info(f.\"table\") k where k.pk = f.seq + 1))" + of)
                .stream()
                .collect(Collectors.joining(" and "));
        return new Reference(table, parent, joined);
    }

    private long rows(Reference reference, String more) throws SQLException {
        return number("select count(*) from %s c join %s p on %s%s"
                .formatted(reference.table(), reference.parent(), reference.joined(), more));
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(texts(query).getFirst());
    }

    private List<String> texts(String query) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
