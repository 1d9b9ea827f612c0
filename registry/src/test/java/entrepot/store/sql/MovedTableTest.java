package entrepot.store.sql;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A table that is made must say whether it goes along. That both engines have the same ones is what SameTablesTest
/// holds, and that all columns come, MoveTest.
class MovedTableTest {

    private static final String TABLES = "select name from sqlite_master where type = 'table'"
            + " and name not like 'flyway%' and name not like 'sqlite_%'";

    private String url;

    @BeforeEach
    void make_all_tables(@TempDir Path folder) {
        url = "jdbc:sqlite:" + folder.resolve("metadata.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/sqlite")
                .load()
                .migrate();
    }

    @Test
    void every_table_goes_along_or_is_left_out() throws SQLException {
        var told = Stream.concat(MovedTable.ALL.stream().map(MovedTable::name), MovedTable.LEFT_OUT.stream())
                .toList();

        assertThat(told).doesNotHaveDuplicates().containsAll(texts(TABLES));
    }

    @Test
    void each_comes_after_those_that_it_refers_to() throws SQLException {
        var there = new HashSet<String>();
        for (var table : MovedTable.ALL) {
            there.add(table.name());
            assertThat(there)
                    .containsAll(texts("select \"table\" from pragma_foreign_key_list('%s')".formatted(table.name())));
        }
    }

    @Test
    void what_numbers_its_rows_goes_on_with_the_numbers() throws SQLException {
        var numbered = MovedTable.ALL.stream()
                .filter(MovedTable::isNumbered)
                .map(MovedTable::name)
                .collect(toSet());

        assertThat(texts("select m.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'"
                        + " and c.name = 'id' and c.pk = 1 and lower(c.type) = 'integer'"
                        + " and m.name not in ('" + String.join("', '", MovedTable.LEFT_OUT) + "')"))
                .isEqualTo(numbered);
    }

    private Set<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return Set.copyOf(texts);
    }
}
