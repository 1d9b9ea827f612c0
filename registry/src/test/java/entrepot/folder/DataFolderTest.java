package entrepot.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.folder.CredentialsFile.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");
    private static final Credentials CREDENTIALS = new Credentials("AKIAABCDEFGHIJKLMNOP", "a/secret+text");

    @TempDir
    Path directory;

    @Test
    void the_folder_is_made_for_its_owner_alone() throws IOException {
        try (var folder = DataFolder.own(directory.resolve("a/b"), NOW)) {
            assertThat(rights(folder.path())).isEqualTo("rwx------");
            assertThat(rights(folder.path().resolve("lock"))).isEqualTo("rw-------");
        }
    }

    @Test
    void a_second_owner_is_told_who_the_first_is() throws IOException {
        try (var folder = DataFolder.own(directory, NOW)) {
            folder.announce("http://127.0.0.1:5000");

            assertThatThrownBy(() -> DataFolder.own(directory, NOW))
                    .isInstanceOf(DataFolder.InUseException.class)
                    .hasMessage("%s is in use by pid %d on http://127.0.0.1:5000 since 2026-03-01T12:00:00Z"
                            .formatted(directory, ProcessHandle.current().pid()));
        }
    }

    @Test
    void a_folder_that_was_closed_can_be_owned_again() throws IOException {
        DataFolder.own(directory, NOW).close();
        DataFolder.own(directory, NOW).close();

        assertThat(directory.resolve("lock")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
    void a_folder_that_others_may_write_into_is_refused_and_left_as_it_is(String rights) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(rights));

        assertThatThrownBy(() -> DataFolder.own(directory, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("%s is no data folder, since others may write into it (%s)", directory, rights);
        assertThat(directory).isEmptyDirectory();
    }

    /// As `mkdir` leaves it where the umask is 002, which is usual where each user has a group of their own.
    @Test
    void a_folder_that_its_group_may_write_into_is_taken_after_the_command_that_is_told() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThatThrownBy(() -> DataFolder.own(directory, NOW))
                .hasMessage(
                        "%1$s is no data folder, since others may write into it (rwxrwxr-x): name a new folder in it, or run: chmod go-w %1$s",
                        directory);

        assertThat(chmod("go-w")).isZero();
        DataFolder.own(directory, NOW).close();
    }

    @Test
    void a_folder_that_is_everybodys_stays_so_and_another_one_is_asked_for() throws Exception {
        assertThat(chmod("1777")).isZero();

        assertThatThrownBy(() -> DataFolder.own(directory, NOW))
                .hasMessage(
                        "%s is no data folder, since others may write into it (rwxrwxrwx): name a new folder in it",
                        directory);
    }

    private int chmod(String mode) throws IOException, InterruptedException {
        return new ProcessBuilder("chmod", mode, directory.toString()).start().waitFor();
    }

    @Test
    void a_folder_that_others_may_read_is_its_owners_choice() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        DataFolder.own(directory, NOW).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "credentials", "server.key", "metadata.db", "metadata.db-wal", "metadata.db-shm"})
    void a_link_in_place_of_a_file_is_refused_and_what_it_leads_to_stays(String name) throws IOException {
        var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var folder = Files.createDirectory(directory.resolve("data"), ours);
        var victim = Files.writeString(directory.resolve("victim"), "precious");
        Files.createSymbolicLink(folder.resolve(name), victim);

        assertThatThrownBy(() -> DataFolder.own(folder, NOW))
                .isInstanceOf(IOException.class)
                .hasMessage("%s is a symbolic link, where a file is needed", folder.resolve(name));
        assertThat(victim).hasContent("precious");
    }

    @Test
    void a_link_to_a_folder_elsewhere_is_taken() throws IOException {
        Files.createDirectory(directory.resolve("disk"));
        Files.createSymbolicLink(directory.resolve("blobs"), directory.resolve("disk"));

        DataFolder.own(directory, NOW).close();
    }

    @Test
    void credentials_are_in_the_form_of_aws_clients_and_for_their_owner_alone() throws IOException {
        var file = new CredentialsFile(directory.resolve("credentials"));

        file.put(CredentialsFile.DEFAULT, CREDENTIALS, "us-east-1");

        assertThat(file.path()).hasContent("""
                [default]
                aws_access_key_id = AKIAABCDEFGHIJKLMNOP
                aws_secret_access_key = a/secret+text
                region = us-east-1
                """);
        assertThat(rights(file.path())).isEqualTo("rw-------");
        assertThat(file.read()).contains(CREDENTIALS);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file.path());
        }
    }

    @Test
    void a_profile_gets_another_key_and_the_rest_of_the_file_stays() throws IOException {
        var file = new CredentialsFile(directory.resolve("credentials"));
        Files.writeString(file.path(), """
                # mine
                [other]
                aws_access_key_id=AKIAOTHER
                aws_secret_access_key=other
                [default]
                region = eu-west-1
                aws_access_key_id=AKIAMINE
                aws_secret_access_key=mine=
                """);

        assertThat(file.read()).contains(new Credentials("AKIAMINE", "mine="));

        file.put(CredentialsFile.DEFAULT, CREDENTIALS, "us-east-1");
        file.put("111122223333", CREDENTIALS, "us-east-1");

        assertThat(file.path()).hasContent("""
                # mine
                [other]
                aws_access_key_id=AKIAOTHER
                aws_secret_access_key=other
                [default]
                aws_access_key_id = AKIAABCDEFGHIJKLMNOP
                aws_secret_access_key = a/secret+text
                region = eu-west-1
                [111122223333]
                aws_access_key_id = AKIAABCDEFGHIJKLMNOP
                aws_secret_access_key = a/secret+text
                region = us-east-1
                """);
        assertThat(rights(file.path())).isEqualTo("rw-------");
        assertThat(file.read("other")).isEqualTo(new Credentials("AKIAOTHER", "other"));
    }

    @Test
    void a_file_without_a_default_key_is_not_taken_for_none() throws IOException {
        var file = new CredentialsFile(directory.resolve("credentials"));
        assertThat(file.read()).isEmpty();

        Files.writeString(file.path(), "[default]\naws_access_key_id = AKIAMINE\n");

        assertThatThrownBy(file::read).hasMessageContaining("has no access key in profile [default]");
    }

    @Test
    void the_secret_is_in_no_text() {
        assertThat(CREDENTIALS).asString().doesNotContain("secret");
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
