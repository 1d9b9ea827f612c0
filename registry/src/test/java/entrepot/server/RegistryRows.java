package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a registry has in its rows, whatever they mean.
///
/// @param data its folder
record RegistryRows(Path data) {

    /// Tables that a registry does not keep when it moves.
    static final List<String> LEFT_OUT = List.of(
            "console_session",
            "upload",
            "upload_part",
            "piece",
            "blob_delete",
            "move",
            "moved_blob",
            "lifecycle_preview",
            "lifecycle_preview_image",
            "gc_link",
            "gc_blob",
            "gc_clock",
            "blob_walk",
            "archived_blob",
            "archive_look",
            "backup_hold",
            "event_target",
            "cache_check",
            "cache_import",
            "replication_upload");

    /// With a value that is sealed under a server's key; another one has other bytes.
    static final Map<String, String> SEALED = Map.of(
            "access_key", "secret", "secret", "value", "kms_key_material", "value", "sm_secret_version", "value");

    /// With a time of collection's, which is another one where they come.
    private static final Set<String> KEPT = Set.of("history_event", "history_image");

    private String url() {
        return "jdbc:sqlite:" + data.resolve("metadata.db");
    }

    /// Runs statements that end with their lines.
    void change(String statements) throws SQLException {
        try (var connection = DriverManager.getConnection(url());
                var sql = connection.createStatement()) {
            for (var statement : statements.strip().split(";\n", -1)) {
                sql.execute(statement);
            }
        }
    }

    /// The rows of each table as texts, but for what is sealed, and for marks of keys.
    Map<String, List<String>> tables() throws SQLException {
        var tables = new TreeMap<String, List<String>>();
        for (var table : texts("select name from sqlite_master where type = 'table' and name not like 'flyway%'")) {
            var query = "select * from " + table + (table.equals("secret") ? " where name <> 'server-key-check'" : "");
            tables.put(table, rows(query, SEALED.getOrDefault(table, KEPT.contains(table) ? "since" : "")));
        }
        return tables;
    }

    /// By what values look like (`SecretBox`), so that one more is not forgotten; digests begin with the same byte.
    Map<String, String> sealedColumns() throws SQLException {
        var sealed = new HashMap<String, String>();
        for (var column : texts("select m.name || '.' || c.name from sqlite_master m join pragma_table_info(m.name) c"
                + " where m.type = 'table' and c.name not in ('digest', 'converted_digest', 'subject', 'was')")) {
            var table = column.split("\\.", -1)[0];
            var name = column.split("\\.", -1)[1];
            var values = "select hex(%s) from %s where %1$s is not null".formatted(name, table);
            if (texts(values).stream().anyMatch(RegistryRows::looksSealed)) {
                sealed.put(table, name);
            }
        }
        return sealed;
    }

    private static boolean looksSealed(String hex) {
        var bytes = HexFormat.of().parseHex(hex);
        try {
            return looksSealed(bytes) || looksSealed(Base64.getDecoder().decode(new String(bytes, UTF_8)));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean looksSealed(byte[] bytes) {
        return bytes.length > 28 && bytes[0] == 1;
    }

    /// What is sealed under the server's key, as it lies there.
    List<String> sealed() throws SQLException {
        var values = new ArrayList<String>();
        for (var sealed : SEALED.entrySet()) {
            values.addAll(texts("select hex(%s) from %s".formatted(sealed.getValue(), sealed.getKey())));
        }
        assertThat(values).hasSizeGreaterThan(2);
        return values;
    }

    private List<String> texts(String query) throws SQLException {
        return rows(query, "");
    }

    private List<String> rows(String query, String hidden) throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            var described = row.getMetaData();
            while (row.next()) {
                var values = new ArrayList<String>();
                for (int i = 1; i <= described.getColumnCount(); i++) {
                    values.add(described.getColumnName(i).equals(hidden) ? "sealed" : text(row.getObject(i)));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows.stream().sorted().toList();
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }
}
