package entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a registry of which a blob is damaged.
class DamagedBackupTest {

    @TempDir
    Path folder;

    private Map<String, String> here;
    private Map<String, String> back;
    private Backups backups;

    @BeforeEach
    void fill() throws Exception {
        here = Map.of("data", folder.resolve("here").toString(), "sparse-manifests", "true");
        back = Map.of("data", folder.resolve("back").toString());
        backups = Backups.in(folder.resolve("backups"));
        try (var server = start(here)) {
            FullRegistry.fill(server);
        }
    }

    private static RunningServer start(Map<String, String> settings) throws IOException {
        return RunningServer.start(Path.of(settings.get("data")), settings);
    }

    private static RegistryRows rows(Map<String, String> settings) {
        return new RegistryRows(Path.of(settings.get("data")));
    }

    private static void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// A file of the registry's that rows name, of a blob that is not sealed.
    private Path blob() throws Exception {
        var names = rows(here).tables().getOrDefault("blob", List.of()).stream()
                .filter(row -> !row.contains("KMS"))
                .toList();
        return files(folder.resolve("here/blobs")).stream()
                .filter(file -> names.stream()
                        .anyMatch(row -> row.contains(file.getFileName().toString())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_is_damaged_in_the_registry_is_named_and_keeps_nothing_else_out() throws Exception {
        var damaged = blob();
        flip(damaged);
        var told = new Told();

        var made = backups.add(here, told);

        assertThat(made.damaged()).isEqualTo(1);
        assertThat(told.lines)
                .filteredOn(line -> line.startsWith("blob sha256:"))
                .hasSize(1);
        assertThat(files(folder.resolve("backups/blobs")))
                .hasSize((int) made.all().blobs() - 1);
        var found = new Told();
        assertThat(backups.verify(found).problems()).isEqualTo(1);
        assertThat(found.lines)
                .containsExactly(
                        "snapshots/%s/ lacks 1 blobs, which were damaged in the registry".formatted(made.time()));
        assertThat(backups.restore(back).blobs()).isEqualTo(made.all().blobs());
        assertThat(rows(back).tables().get("blob"))
                .filteredOn(row -> row.contains(damaged.getFileName().toString()))
                .singleElement()
                .asString()
                .contains("has ");
        start(back).close();
    }

    @Test
    void what_is_mended_is_in_the_next_one() throws Exception {
        var damaged = blob();
        flip(damaged);
        backups.add(here, new Told());
        flip(damaged);

        var made = backups.add(here, new Told());

        assertThat(made.damaged()).isZero();
        assertThat(made.arrived().blobs()).isEqualTo(1);
    }
}
