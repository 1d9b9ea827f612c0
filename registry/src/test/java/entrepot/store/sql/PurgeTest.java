package entrepot.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.MetadataStore;
import entrepot.store.sqlite.SqliteMetadataStore;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The list of what is purged with a repository is compared with the schema.
class PurgeTest {

    private static final List<String> PURGED = Purge.TABLES.stream()
            .map(statement -> statement.replaceFirst("delete from (\\w+) .*", "$1"))
            .toList();

    /// The tables that have rows of a repository, but for those that go with another row, and for uploads.
    private static final String OF_A_REPOSITORY = """
            select distinct t.name from sqlite_master t, pragma_table_info(t.name) c
            where t.type = 'table' and c.name = 'repo_id' and t.name <> 'upload'
            and not exists (select 1 from pragma_foreign_key_list(t.name) where on_delete = 'CASCADE')""";

    @AutoClose
    private final MetadataStore store = SqliteMetadataStore.inMemory();

    private record Reference(String from, String to) {}

    @Test
    void every_table_of_a_repository_is_purged() {
        assertThat(schema(OF_A_REPOSITORY, row -> row.getString(1)))
                .isNotEmpty()
                .isSubsetOf(PURGED);
    }

    @Test
    void what_names_rows_goes_before_the_rows_it_names() {
        assertThat(schema(
                        "select distinct t.name, k.\"table\" from sqlite_master t, pragma_foreign_key_list(t.name) k",
                        row -> new Reference(row.getString(1), row.getString(2))))
                .filteredOn(reference -> PURGED.contains(reference.from()) && PURGED.contains(reference.to()))
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(PURGED).containsSubsequence(List.of(reference.from(), reference.to())));
    }

    private <T> List<T> schema(String query, Sql.Reader<T> reader) {
        return store.transact(tx -> ((SqlImages) tx.images()).sql().list(query, reader));
    }
}
