package entrepot.operation.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Layers on their way, at rest.
class FetchFileTest {

    private static final int SIZE = 100_003;

    @TempDir
    Path folder;

    private final byte[] bytes = new byte[SIZE];

    FetchFileTest() {
        new Random(1).nextBytes(bytes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_is_read_from_any_byte_on(boolean sealed) throws IOException {
        try (var file = written(sealed)) {
            for (var from : new int[] {0, 1, 15, 16, 17, 4_096, SIZE - 1}) {
                assertThat(read(file, from)).as("from %d", from).isEqualTo(Arrays.copyOfRange(bytes, from, SIZE));
            }
        }
    }

    @Test
    void nothing_of_a_sealed_layer_lies_bare() throws IOException {
        try (var _ = written(true);
                var files = Files.list(folder)) {
            var stored = Files.readAllBytes(files.findFirst().orElseThrow());

            assertThat(stored).hasSize(SIZE);
            for (var at = 0; at + 32 <= SIZE; at += 32) {
                assertThat(Arrays.copyOfRange(stored, at, at + 32))
                        .isNotEqualTo(Arrays.copyOfRange(bytes, at, at + 32));
            }
        }
    }

    @Test
    void what_was_not_written_is_not_read() throws IOException {
        try (var file = written(false);
                var reader = file.open(SIZE - 1)) {
            var piece = ByteBuffer.allocate(2);

            assertThatThrownBy(() -> reader.next(piece)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_key_does_not_tell_itself() {
        assertThat(PassingKey.random()).hasToString("a key");
    }

    /// In pieces, as it comes.
    private FetchFile written(boolean sealed) throws IOException {
        var file = FetchFile.make(folder, sealed);
        for (var at = 0; at < SIZE; at += 7_001) {
            file.write(ByteBuffer.wrap(bytes, at, Math.min(7_001, SIZE - at)));
        }
        return file;
    }

    private static byte[] read(FetchFile file, int from) throws IOException {
        var found = ByteBuffer.allocate(SIZE - from);
        try (var reader = file.open(from)) {
            var piece = ByteBuffer.allocate(9_973);
            while (found.hasRemaining()) {
                piece.clear().limit(Math.min(piece.capacity(), found.remaining()));
                found.put(reader.next(piece));
            }
        }
        return found.array();
    }
}
