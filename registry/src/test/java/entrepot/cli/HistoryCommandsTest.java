package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.store.Cover;
import entrepot.store.NewImage;
import entrepot.store.TestStores;
import entrepot.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `history` and `undelete` as a user meets them: processes, their output and their exit codes.
class HistoryCommandsTest {

    private static final Map<String, String> KEPT = Map.of("ENTREPOT_HISTORY_KEEP", "30d");
    private static final RegistryId HOME = new RegistryId(new AccountId("000000000000"), "us-east-1");
    private static final ManifestBytes MANIFEST = ManifestBytes.ofText("{}");
    private static final String IMAGE = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    private static final Instant AT = Instant.parse("2026-05-01T12:00:00.123456Z");

    private record Ended(int code, String out, String err) {}

    @TempDir
    Path directory;

    /// An image that had a tag and was deleted, and a repository that was.
    @BeforeEach
    void delete_something() throws IOException {
        Files.createDirectories(directory.resolve("data/blobs"));
        try (var metadata = TestStores.metadataIn(directory.resolve("data"))) {
            metadata.transact(tx -> {
                deleteImage(tx);
                var gone = tx.repositories()
                        .create(HOME, new RepositoryName("gone"), TagMutability.MUTABLE, false, Instant.EPOCH);
                tx.repositories().deleteKept(gone, AT);
                return gone;
            });
        }
    }

    private static void deleteImage(Transaction tx) {
        var app =
                tx.repositories().create(HOME, new RepositoryName("app"), TagMutability.MUTABLE, false, Instant.EPOCH);
        var digest = MANIFEST.digest(Digest.Algorithm.SHA256);
        var pushed = new NewImage(
                digest, MediaType.OCI_MANIFEST, null, null, null, 7, Map.of(), List.of(), Instant.EPOCH, 0);
        var image = tx.images().add(app, pushed, MANIFEST, Cover.NONE);
        var tag = new Tag("v1");
        tx.images().tag(app, tag, image, Instant.EPOCH);
        tx.history().tell(new ImageChange(Kind.DELETE, app, image, List.of(tag), "arn:x", AT));
        tx.images().delete(app, image);
    }

    private Ended kept(String... arguments) throws Exception {
        return ended(KEPT, arguments);
    }

    private Ended ended(Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.jfr.enabled=false",
                "-cp",
                System.getProperty("java.class.path"),
                "entrepot.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", "data"));
        var out = directory.resolve("ended.out");
        var err = directory.resolve("ended.err");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("ENTREPOT_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void history_tells_what_happened_and_undelete_brings_it_back() throws Exception {
        assertThat(kept("history", "app"))
                .isEqualTo(new Ended(0, "2026-05-01T12:00:00.123Z\tdelete\tv1\t" + IMAGE + "\tarn:x\n", ""));
        assertThat(kept("history", "app:v1", "--format", "json"))
                .isEqualTo(new Ended(
                        0,
                        "{\"time\":\"2026-05-01T12:00:00.123Z\",\"event\":\"delete\",\"tag\":\"v1\",\"digest\":\""
                                + IMAGE + "\",\"principal\":\"arn:x\"}\n",
                        ""));
        assertThat(kept("undelete", "app@" + IMAGE))
                .isEqualTo(new Ended(
                        0,
                        IMAGE + " is in app again\ntag v1 points at " + IMAGE + "\nbrought back 1 images, 1 tags\n",
                        ""));
        assertThat(kept("undelete", "gone", "--at", "2026-05-01T14:00:00+02:00"))
                .isEqualTo(new Ended(0, "brought back repository gone with 0 images\n", ""));
        assertThat(kept("undelete", "gone").err()).isEqualTo("entrepot: there is a repository gone now\n");
        assertThat(kept("undelete", "app:v1", "--at", "1969-01-01T00:00:00Z").err())
                .isEqualTo("entrepot: tag v1 of app was not there at 1969-01-01T00:00:00Z, or that is kept no more\n");
    }

    @Test
    void undelete_goes_through_the_server_that_runs() throws Exception {
        try (var _ = ServeProcess.start(directory, KEPT)) {
            assertThat(kept("undelete", "app:v1", "--at", "2026-05-01T12:00:00Z")
                            .out())
                    .endsWith("brought back 1 images, 1 tags\n");
            assertThat(kept("history", "app").out().lines()).hasSize(3);
            assertThat(kept("undelete", "app@" + IMAGE).code()).isEqualTo(1);
        }
    }

    @Test
    void what_cannot_be_had_back_is_told_in_one_line() throws Exception {
        var help = " ('entrepot undelete --help' helps)";

        var off = new Ended(1, "", "entrepot: history is off: history.keep is 0\n");

        assertThat(ended(Map.of(), "history", "app")).isEqualTo(off);
        assertThat(ended(Map.of(), "undelete", "app")).isEqualTo(off);
        assertThat(kept("history", "never").code()).isEqualTo(1);
        assertThat(kept("undelete", "app:v1").err()).isEqualTo("entrepot: a tag needs --at" + help + "\n");
        assertThat(kept("undelete", "app", "--at", "yesterday"))
                .isEqualTo(new Ended(
                        2,
                        "",
                        "entrepot: --at: yesterday is not allowed; it must be a time such as 2026-05-01T12:00:00Z"
                                + help + "\n"));
        assertThat(kept("undelete", "app:v1", "--at", "9999-01-01T00:00:00Z").err())
                .endsWith("has not come yet\n");
        assertThat(kept("undelete", "app@sha256:1").err()).isEqualTo("entrepot: sha256:1 is not a digest\n");
        assertThat(kept("undelete", "App").err()).startsWith("entrepot: no repository is called App: ");
        assertThat(kept("undelete", "other").code()).isEqualTo(1);
    }
}
