package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The two engines' schemas: what a migration of one adds, one of the other does.
class SameTablesTest {

    /// What one process alone need not write down.
    private static final List<String> OF_MANY_NODES = List.of("access_change.", "turn.", "job_lease.", "node.");

    private static final String HERE = "select table_name || '.' || column_name || case is_nullable"
            + " when 'YES' then '?' else '' end from information_schema.columns where table_schema = 'public'"
            + " and table_name not like 'flyway%'";

    private static final String THERE = "select m.name || '.' || c.name || case when c.\"notnull\" = 0 and c.pk = 0"
            + " then '?' else '' end from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'"
            + " and m.name not like 'flyway%' and m.name not like 'sqlite_%'";

    @TempDir
    Path folder;

    @Test
    void both_have_the_same_columns() throws Exception {
        var own = inSqlite(THERE);
        var shared = inPostgres(HERE);
        shared.removeIf(column -> OF_MANY_NODES.stream().anyMatch(column::startsWith));

        assertThat(shared).hasSizeGreaterThan(100).isEqualTo(own);
    }

    @Test
    void both_have_the_same_indexes() throws Exception {
        var own = inSqlite("select name from sqlite_master where type = 'index' and name not like 'sqlite_%'"
                + " and name not like 'flyway%'");
        var shared = inPostgres("select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid"
                + " where c.relnamespace = 'public'::regnamespace and c.relname not like 'flyway%'"
                + " and not exists (select 1 from pg_constraint k where k.conindid = c.oid)");

        assertThat(shared).hasSizeGreaterThan(20).isEqualTo(own);
    }

    @Test
    void both_have_the_same_scripts() throws IOException {
        assertThat(scripts("postgres")).isEqualTo(scripts("sqlite"));
    }

    /// Names order by their bytes.
    @Test
    void every_text_is_compared_bytewise() throws Exception {
        assertThat(inPostgres("select table_name || '.' || column_name from information_schema.columns"
                        + " where table_schema = 'public' and data_type = 'text' and table_name not like 'flyway%'"
                        + " and collation_name is distinct from 'C'"))
                .isEmpty();
    }

    private static Set<String> scripts(String engine) throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db", engine))) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static Set<String> inPostgres(String query) throws SQLException {
        var place = TestPostgres.place();
        try (var connection = DriverManager.getConnection(place.url(), place.user(), place.password())) {
            return texts(connection, query);
        }
    }

    private Set<String> inSqlite(String query) throws SQLException {
        var url = "jdbc:sqlite:" + folder.resolve("metadata.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/sqlite")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url)) {
            return texts(connection, query);
        }
    }

    private static Set<String> texts(Connection connection, String query) throws SQLException {
        var texts = new TreeSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
