package entrepot.http.body;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.RegistryException;
import entrepot.http.WholeBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolsTest {

    private static final int MEMORY = 32 << 20;
    private static final byte[] SMALL = bytes(1000);
    private static final byte[] LARGE = bytes(Spool.IN_MEMORY + 1);

    @TempDir
    private Path folder;

    private final List<FileChannel> files = new ArrayList<>();
    private final MemoryBudget memory = new MemoryBudget(3 * MEMORY, Duration.ZERO);
    private final Room bodies = new Room(8 << 20, 4, Duration.ZERO);
    private final Room answers = new Room(4 << 20, 4, Duration.ZERO);
    private final Spools spools = new Spools(memory, this::newFile, bodies, answers);

    private FileChannel newFile() throws IOException {
        files.add(SpoolFolder.in(folder).newFile());
        return files.getLast();
    }

    @Test
    void what_is_held_in_memory_is_counted_as_it_comes() throws IOException {
        var spool = spools.forBody();
        for (var each : SMALL) {
            spool.write(ByteBuffer.wrap(new byte[] {each}));
        }
        assertThat(spool.open().readAllBytes()).isEqualTo(SMALL);
        assertThat(memory.held().left()).isEqualTo(MEMORY - 1024);
        assertGivenBack(spool);
    }

    @Test
    void a_body_of_one_piece_is_held_in_as_many_bytes() {
        var spool = spools.forBody();
        spool.write(ByteBuffer.wrap(SMALL));
        assertThat(memory.held().left()).isEqualTo(MEMORY - SMALL.length);
        assertGivenBack(spool);
    }

    @Test
    void more_goes_to_a_file_and_gives_its_memory_back() throws IOException {
        var spool = spools.forBody();
        spool.write(ByteBuffer.wrap(LARGE, 0, 10));
        spool.write(ByteBuffer.wrap(LARGE, 10, LARGE.length - 10));
        assertThat(spool.open().readAllBytes()).isEqualTo(LARGE);
        assertThat(memory.held().left()).isEqualTo(MEMORY);
        assertThat(bodies.left()).isEqualTo((8 << 20) - LARGE.length);
        assertGivenBack(spool);
    }

    @Test
    void a_file_has_as_many_bytes_and_none_of_them_as_they_came() throws IOException {
        var marked = "a marker that nobody else would write ".repeat(10_000).getBytes(US_ASCII);
        try (var spool = spools.forBody()) {
            spool.write(ByteBuffer.wrap(marked));

            var onDisk = ByteBuffer.allocate(marked.length + 1);
            assertThat(files.getLast().read(onDisk, 0)).isEqualTo(marked.length);
            assertThat(new String(onDisk.array(), US_ASCII)).doesNotContain("marker");
            assertThat(read(spool.content())).isEqualTo(marked);
            assertThat(spool.open().readAllBytes()).isEqualTo(marked);
        }
    }

    @Test
    void where_memory_is_tight_a_small_one_goes_to_a_file_too() throws IOException {
        while (memory.held().tryTake(900, 0)) {
            // by others
        }
        var left = memory.held().left();
        var content = spools.answer(SMALL);
        assertThat(files).hasSize(1);
        assertThat(read(content)).isEqualTo(SMALL);
        content.release();
        assertThat(memory.held().left()).isEqualTo(left);
        assertThat(answers.left()).isEqualTo(4 << 20);
    }

    @Test
    void bodies_that_fill_their_part_of_the_disk_leave_room_for_small_ones_and_for_answers() {
        var open = new ArrayList<Spool>();
        assertThatThrownBy(() -> fill(open)).isInstanceOf(RegistryException.class);
        assertThat(bodies.left()).isBetween(1L << 20, 2L << 20);

        spools.forBody().write(ByteBuffer.wrap(SMALL));
        spools.forAnswer().write(ByteBuffer.wrap(LARGE));

        open.forEach(Spool::close);
        assertThat(bodies.left()).isEqualTo(8 << 20);
        assertThat(files).filteredOn(FileChannel::isOpen).hasSize(1);
    }

    private void fill(List<Spool> open) {
        while (open.size() < 100) {
            open.add(spools.forBody());
            open.getLast().write(ByteBuffer.wrap(LARGE));
        }
    }

    @Test
    void a_body_that_is_too_large_gives_everything_back() {
        assertThatThrownBy(() -> SignedBody.receive(unannounced(LARGE), 100, spools.forBody()))
                .isInstanceOf(BodyTooLargeException.class);
        assertThatThrownBy(() -> SignedBody.receive(unannounced(bytes(3 << 20)), 4 << 20, spools.forBody()))
                .isInstanceOf(RegistryException.class);
        assertThat(memory.held().left()).isEqualTo(MEMORY);
        assertThat(bodies.left()).isEqualTo(8 << 20);
        assertThat(files).noneMatch(FileChannel::isOpen);
    }

    @Test
    void an_answer_keeps_what_it_takes_until_it_is_released() throws IOException {
        for (var bytes : List.of(SMALL, LARGE)) {
            var content = spools.answer(bytes);
            assertThat(read(content)).isEqualTo(bytes);
            assertThat(memory.held().left() + answers.left()).isEqualTo(MEMORY + (4 << 20) - bytes.length);
            content.release();
            content.release();
            assertThat(memory.held().left() + answers.left()).isEqualTo(MEMORY + (4 << 20));
        }
    }

    private void assertGivenBack(Spool spool) {
        spool.close();
        spool.close();
        assertThat(memory.held().left()).isEqualTo(MEMORY);
        assertThat(bodies.left()).isEqualTo(8 << 20);
        assertThat(files).noneMatch(FileChannel::isOpen);
    }

    private static byte[] read(Content content) throws IOException {
        return WholeBody.read(content, Integer.MAX_VALUE);
    }

    /// In pieces of a kilobyte.
    private static Content unannounced(byte[] bytes) {
        return new Content() {
            @Override
            public long length() {
                return -1;
            }

            @Override
            public void writeTo(WritableByteChannel target) throws IOException {
                for (int done = 0; done < bytes.length; done += 1024) {
                    target.write(ByteBuffer.wrap(bytes, done, Math.min(1024, bytes.length - done)));
                }
            }
        };
    }

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
