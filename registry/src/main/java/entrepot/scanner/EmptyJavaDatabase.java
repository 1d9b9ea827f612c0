package entrepot.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// Trivy refuses images with Java archives where it has no database of such archives, which it looks up those in that
/// do not say what they are. This one knows none. Source: trivy-java-db, `pkg/db/db.go`.
final class EmptyJavaDatabase {

    private static final List<String> TABLES = List.of(
            "create table artifacts (id integer primary key, group_id text, artifact_id text)",
            "create table indices (artifact_id integer, version text, sha1 blob, archive_type text)");

    /// Far ahead, so that it is never out of date.
    private static final String ABOUT = "{\"Version\":1,\"UpdatedAt\":\"2000-01-01T00:00:00Z\","
            + "\"NextUpdate\":\"9999-01-01T00:00:00Z\",\"DownloadedAt\":\"2000-01-01T00:00:00Z\"}";

    private EmptyJavaDatabase() {}

    /// @param folder the scanner's database
    static void write(Path folder) throws IOException {
        var place = Files.createDirectories(folder.resolve("java-db"));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + place.resolve("trivy-java.db"));
                var statement = connection.createStatement()) {
            for (var table : TABLES) {
                statement.execute(table);
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
        Files.writeString(place.resolve("metadata.json"), ABOUT);
    }
}
