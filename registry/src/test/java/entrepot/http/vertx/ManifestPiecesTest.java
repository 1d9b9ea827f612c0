package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.RegistryException;
import entrepot.domain.StoredManifest;
import entrepot.http.HeldContent;
import entrepot.http.HttpResponse;
import entrepot.http.WholeBody;
import entrepot.http.body.MemoryBudget;
import entrepot.http.body.Spools;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Manifests that stay where they are stored until their client takes them.
class ManifestPiecesTest extends WithServer {

    private static final byte[] MANIFEST = random(4 << 20);
    private static final int ROOM = 64 << 20;

    private final List<Integer> pieces = new ArrayList<>();
    private final MemoryBudget memory = new MemoryBudget(3 * ROOM, Duration.ZERO);
    private final Spools spools = new Spools(memory, ManifestPiecesTest::noFile, 1 << 30);

    private static FileChannel noFile() throws IOException {
        throw new IOException("a manifest needs no file");
    }

    private StoredManifest until(long end) {
        return new StoredManifest(MANIFEST.length, (offset, length) -> {
            pieces.add(length);
            return Optional.of(Arrays.copyOfRange(MANIFEST, (int) offset, (int) offset + length))
                    .filter(_ -> offset + length <= end);
        });
    }

    @Test
    void pieces_grow_while_there_is_room() throws IOException {
        var content = spools.answer(until(Long.MAX_VALUE));
        assertThat(memory.held().left()).isEqualTo(ROOM - (64 << 10));

        assertThat(WholeBody.read(content, MANIFEST.length)).isEqualTo(MANIFEST);
        assertThat(pieces).startsWith(64 << 10, 128 << 10, 256 << 10, 512 << 10, 512 << 10);
        assertThat(memory.held().left()).isEqualTo(ROOM - (512 << 10));
        content.release();
        content.release();
        assertThat(memory.held().left()).isEqualTo(ROOM);
    }

    @Test
    void a_manifest_of_up_to_256_kib_is_read_at_once_where_there_is_room() throws IOException {
        var stored = new StoredManifest(256 << 10, until(Long.MAX_VALUE).source());
        var content = spools.answer(stored);
        assertThat(pieces).containsExactly(256 << 10);
        assertThat(WholeBody.read(content, 256 << 10)).isEqualTo(Arrays.copyOf(MANIFEST, 256 << 10));
        content.release();

        var gone = new StoredManifest(256 << 10, until(0).source());
        assertThatThrownBy(() -> spools.answer(gone)).isInstanceOf(StoredManifest.Gone.class);
        assertThat(memory.held().left()).isEqualTo(ROOM);
    }

    @Test
    void where_memory_is_tight_they_stay_short_and_then_are_refused() throws IOException {
        var open = new ArrayList<HeldContent>();
        assertThatThrownBy(() -> fill(open)).isInstanceOf(RegistryException.class);
        assertThat(open).hasSizeGreaterThan(900);
        assertThat(memory.held().left()).isEqualTo(4 << 20);

        assertThat(WholeBody.read(open.getLast(), MANIFEST.length)).isEqualTo(MANIFEST);
        assertThat(pieces).containsOnly(64 << 10);
        open.forEach(HeldContent::release);
        assertThat(memory.held().left()).isEqualTo(ROOM);
    }

    private void fill(List<HeldContent> open) {
        while (open.size() < 2000) {
            open.add(spools.answer(until(Long.MAX_VALUE)));
        }
    }

    @Test
    void one_that_is_deleted_meanwhile_is_cut_and_never_short() throws Exception {
        try (var client = serve(_ -> HttpResponse.of(200).withBody("a/b", spools.answer(until(3 << 20))))) {
            client.send(GET);
            assertThat(client.readHead().says("Content-Length: " + MANIFEST.length))
                    .isTrue();
            assertThat(client.readToEnd().length()).isLessThan(MANIFEST.length);
            assertReleased();
        }
    }

    @Test
    void one_that_is_deleted_before_its_first_byte_is_to_be_asked_for_again() throws Exception {
        try (var client = serve(_ -> HttpResponse.of(200).withBody("a/b", spools.answer(until(0))))) {
            var reply = client.send(GET).read();
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.says("Retry-After: 1")).isTrue();
            assertReleased();
        }
    }

    @Test
    void what_an_answer_holds_is_given_back_whether_it_was_taken_or_not() throws Exception {
        try (var client = serve(request -> HttpResponse.of(200)
                .withBody(
                        "a/b",
                        request.path().equals("/s") ? spools.answer(random(999)) : spools.answer(until(1 << 30))))) {
            assertThat(client.send(GET).read().body()).isEqualTo(MANIFEST);
            assertThat(client.send("GET /s HTTP/1.1\r\nHost: h\r\n\r\n").read().body())
                    .isEqualTo(random(999));
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").readHead();
            client.send("HEAD /s HTTP/1.1\r\nHost: h\r\n\r\n").readHead();
            assertReleased();
            client.send(GET).readHead();
        }
        assertReleased();
    }

    @Test
    void what_is_on_its_way_to_a_client_is_counted_and_given_back() throws Exception {
        server.stop(Duration.ZERO);
        var open = fileOf(random(20_000), 0, 20_000);
        server = HttpServer.start(
                SETTINGS.with(memory),
                request -> HttpResponse.of(200)
                        .withBody("a/b", request.path().equals("/f") ? open : moreThanASocketHolds()));
        try (var client = new RawClient(server.port())) {
            client.send(GET).readHead();
            awaitUntil(() -> memory.held().left() == ROOM - (512 << 10));
        }
        assertReleased();
        try (var client = new RawClient(server.port())) {
            assertThat(client.send("GET /f HTTP/1.1\r\nHost: h\r\n\r\n").read().body())
                    .hasSize(20_000);
            assertReleased();
        }
    }

    /// The system holds some megabytes for a client that reads nothing; one that may hold all is sent all.
    private static Content moreThanASocketHolds() {
        return streamOf(new byte[64 << 20], 64 << 20);
    }

    @Test
    void where_nothing_is_left_small_files_come_all_the_same_and_streams_are_to_be_asked_for_again() throws Exception {
        server.stop(Duration.ZERO);
        var none = new MemoryBudget(1, Duration.ZERO);
        var open = fileOf(random(20_000), 0, 20_000);
        server = HttpServer.start(
                SETTINGS.with(none),
                request -> HttpResponse.of(200)
                        .withBody("a/b", request.path().equals("/f") ? open : streamOf(MANIFEST, MANIFEST.length)));
        try (var client = new RawClient(server.port())) {
            assertThat(client.send("GET /f HTTP/1.1\r\nHost: h\r\n\r\n").read().body())
                    .isEqualTo(random(20_000));
            assertThat(client.send(GET).read().status()).isEqualTo(503);
        }
    }

    private void assertReleased() {
        awaitUntil(() -> memory.held().left() == ROOM);
    }
}
