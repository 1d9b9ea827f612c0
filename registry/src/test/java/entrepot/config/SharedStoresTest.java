package entrepot.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is configured of stores that many processes share, and of their secrets.
class SharedStoresTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENTREPOT_METADATA_TYPE | mysql     | ENTREPOT_METADATA_TYPE: mysql is not allowed; it must be sqlite or postgres
            ENTREPOT_METADATA_TYPE | postgres  | metadata.url is needed for PostgreSQL
            ENTREPOT_METADATA_URL  | db:5432/x | ENTREPOT_METADATA_URL: db:5432/x is not allowed; it must be an address such as jdbc:postgresql://db:5432/entrepot
            ENTREPOT_METADATA_URL  | jdbc:postgresql://db/x?user=a&password=b | metadata.url: the user goes into metadata.user, the password into metadata.password-file
            ENTREPOT_METADATA_POOL | 0         | ENTREPOT_METADATA_POOL: 0 is not allowed; it must be a whole number from 1 to 1000
            ENTREPOT_BLOBS_TYPE    | nfs       | ENTREPOT_BLOBS_TYPE: nfs is not allowed; it must be disk or s3
            ENTREPOT_BLOBS_TYPE    | s3        | blobs.bucket is needed for S3
            ENTREPOT_BLOBS_STORAGE_CLASS | GLACIER | ENTREPOT_BLOBS_STORAGE_CLASS: GLACIER is not allowed; it must be a storage class that is read at once, such as STANDARD
            ENTREPOT_ARCHIVE_STORAGE_CLASS | DEEP_ARCHIVE | ENTREPOT_ARCHIVE_STORAGE_CLASS: DEEP_ARCHIVE is not allowed; it must be a storage class that is read at once, such as STANDARD
            ENTREPOT_ARCHIVE_STORAGE_CLASS | GLACIER_IR | archive.storage-class goes with blobs in S3; on the disk it is archive.disk
            ENTREPOT_BLOBS_ENDPOINT | s3:9000  | ENTREPOT_BLOBS_ENDPOINT: s3:9000 is not allowed; it must be an address such as https://s3.example.com
            ENTREPOT_BLOBS_ACCESS_KEY_ID | AKIAABCDEFGHIJKLMNOP | blobs.access-key-id and blobs.secret-access-key-file go together
            ENTREPOT_ROOT_KEY_ID   | AKIAABCDEFGHIJKLMNOP | root-key.id and root-key.secret-file go together
            ENTREPOT_ROOT_KEY_SECRET | s3cret  | root-key.id and root-key.secret-file go together
            """)
    void what_cannot_be_meant_of_many_nodes_is_refused(String variable, String value, String why) {
        assertThatThrownBy(() -> Config.load(Map.of(), Map.of(variable, value), null))
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata: {password: s3cret}",
                "server-key: s3cret",
                "root-key: {secret: s3cret}",
                "blobs: {secret-access-key: s3cret}"
            })
    void a_secret_in_the_file_is_refused_by_the_name_of_its_key(String yaml) {
        assertThatThrownBy(() ->
                        Config.load(Map.of(), Map.of(), Files.writeString(directory.resolve("config.yaml"), yaml)))
                .hasMessageContaining(
                        "unknown key: " + yaml.replaceAll(": \\{", ".").replaceAll(": .*", ""))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void a_secret_is_in_its_variable_or_in_the_file_that_is_named() throws Exception {
        var password = Files.writeString(directory.resolve("password"), "from a file\n");
        var database = Map.of("ENTREPOT_METADATA_TYPE", "postgres", "ENTREPOT_METADATA_URL", "jdbc:postgresql://db/x");

        assertThat(password(database, "ENTREPOT_METADATA_PASSWORD", "given").read())
                .isEqualTo("given");
        assertThat(password(database, "ENTREPOT_METADATA_PASSWORD", "given"))
                .hasToString("InVariable[ENTREPOT_METADATA_PASSWORD]");
        assertThat(password(database, "ENTREPOT_METADATA_PASSWORD_FILE", password.toString())
                        .read())
                .isEqualTo("from a file");
        assertThatThrownBy(() -> password(database, "ENTREPOT_METADATA_PASSWORD_FILE", "absent")
                        .read())
                .hasMessage("metadata.password-file: absent cannot be read");
    }

    private static Secret password(Map<String, String> database, String variable, String value) {
        var environment = new HashMap<>(database);
        environment.put(variable, value);
        var kind = (MetadataKind.Postgres)
                Config.load(Map.of(), environment, null).storage().metadata();
        return requireNonNull(kind.password());
    }
}
