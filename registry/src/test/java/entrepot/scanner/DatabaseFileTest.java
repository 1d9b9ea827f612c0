package entrepot.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// By what one vulnerability database is told from another.
class DatabaseFileTest {

    private static final Instant WRITTEN = Instant.parse("2026-05-01T06:00:00Z");

    @TempDir
    Path folder;

    private Path file(String name, String text, Instant written) throws IOException {
        var file = Files.writeString(folder.resolve(name), text);
        return Files.setLastModifiedTime(file, FileTime.from(written));
    }

    @Test
    void copies_of_one_that_were_made_at_different_times_are_the_same() throws IOException {
        var about = file("import.json", "{\"digest\":\"xxh64:1f\",\"source\":\"made up\"}", WRITTEN);
        var first = DatabaseFile.source("grype", file("one", "x", WRITTEN), about, "digest");
        var second = DatabaseFile.source("grype", file("two", "x", WRITTEN.plusSeconds(60)), about, "digest");

        assertThat(first.name()).isEqualTo("grype xxh64:1f").isEqualTo(second.name());
        assertThat(first.updatedAt()).isEqualTo(WRITTEN);
    }

    @Test
    void when_it_was_collected_is_told_by_itself() throws IOException {
        var about = file("metadata.json", "{\"Version\":2,\"UpdatedAt\":\"2026-04-01T00:00:00.5Z\"}", WRITTEN);
        var source = DatabaseFile.source("trivy", file("trivy.db", "x", WRITTEN), about, "UpdatedAt");

        assertThat(source.name()).isEqualTo("trivy 2026-04-01T00:00:00.5Z");
        assertThat(source.updatedAt()).isEqualTo(Instant.parse("2026-04-01T00:00:00.5Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"digest\":{}}", "{\"digest\":\"a b\"}"})
    void one_that_does_not_tell_is_known_by_time_and_length(String about) throws IOException {
        var source = DatabaseFile.source("grype", file("one", "xy", WRITTEN), file("about", about, WRITTEN), "digest");

        assertThat(source.name()).isEqualTo("grype 2026-05-01T06:00:00Z 2");
        assertThat(source.updatedAt()).isEqualTo(WRITTEN);
    }
}
