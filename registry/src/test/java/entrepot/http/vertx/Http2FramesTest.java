package entrepot.http.vertx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.http.HttpHandler;
import entrepot.http.HttpLimits;
import entrepot.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Raw frames of HTTP/2 (RFC 9113) that have brought other servers down.
class Http2FramesTest extends WithServer {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS_FRAME = 4;
    private static final int GOAWAY = 7;
    private static final int END_OF_ALL = 5; // END_STREAM and END_HEADERS
    private static final int END_HEADERS = 4;

    @TempDir
    static Path made;

    private static Pems pems;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares frames
    private record Frame(int type, int flags, int stream, byte[] payload) {}

    @BeforeAll
    static void makeCertificate() {
        pems = Pems.make(made, "EC");
    }

    private SSLSocket open(HttpLimits limits, HttpHandler handler) throws IOException {
        server.stop(Duration.ZERO);
        server = HttpServer.start(SETTINGS.with(limits).with(pems.writeTo(folder, true)), handler);
        return connect();
    }

    private SSLSocket connect() throws IOException {
        var socket = (SSLSocket) Pems.trustingAll().getSocketFactory().createSocket("127.0.0.1", server.port());
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private SSLSocket begun(HttpHandler handler) throws IOException {
        var socket = open(HttpLimits.USUAL, handler);
        begin(socket);
        return socket;
    }

    private static void begin(SSLSocket socket) throws IOException {
        send(socket, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        send(socket, frame(SETTINGS_FRAME, 0, 0, new byte[0]));
    }

    private static void send(SSLSocket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {
            (byte) (payload.length >> 16),
            (byte) (payload.length >> 8),
            (byte) payload.length,
            (byte) type,
            (byte) flags,
            (byte) (stream >> 24),
            (byte) (stream >> 16),
            (byte) (stream >> 8),
            (byte) stream
        });
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /// Names and values as literals that are not indexed (RFC 7541, 6.2.2).
    private static byte[] headers(String... namesAndValues) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            bytes.write(0);
            for (var text : List.of(namesAndValues[i], namesAndValues[i + 1])) {
                bytes.write(text.length());
                bytes.writeBytes(text.getBytes(ISO_8859_1));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] get(String... more) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(headers(":method", "GET", ":scheme", "https", ":path", "/", ":authority", "h"));
        all.writeBytes(headers(more));
        return all.toByteArray();
    }

    /// Until the server closes, or a frame of that type comes.
    private static List<Frame> readUntil(SSLSocket socket, int type) {
        var frames = new ArrayList<Frame>();
        try {
            var in = new DataInputStream(socket.getInputStream());
            while (frames.isEmpty() || frames.getLast().type() != type) {
                var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                frames.add(
                        new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), in.readNBytes(length)));
            }
        } catch (IOException e) {
            return frames; // closed
        }
        return frames;
    }

    private static byte[] reset(int stream) {
        return frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    }

    @Test
    void a_client_that_resets_its_requests_as_fast_as_it_sends_them_is_sent_away() throws Exception {
        var handled = new AtomicInteger();
        try (var socket = begun(request -> HttpResponse.of(handled.incrementAndGet() > 0 ? 200 : 500))) {
            var flood = new ByteArrayOutputStream();
            for (int stream = 1; stream < 800; stream += 2) { // more, and some would still be written when it is closed
                flood.writeBytes(frame(HEADERS, END_OF_ALL, stream, get()));
                flood.writeBytes(reset(stream));
            }
            send(socket, flood.toByteArray());

            assertThat(readUntil(socket, GOAWAY))
                    .anySatisfy(frame -> assertThat(frame.type()).isEqualTo(GOAWAY));
            assertThat(handled.get()).isLessThan(300);
        }
    }

    @Test
    void no_more_than_a_hundred_streams_are_open_at_a_time() throws Exception {
        var over = new CountDownLatch(1);
        var handled = new AtomicInteger();
        try (var socket = begun(request -> {
            handled.incrementAndGet();
            await(over);
            return HttpResponse.of(200);
        })) {
            var many = new ByteArrayOutputStream();
            for (int stream = 1; stream <= 2 * 150; stream += 2) {
                many.writeBytes(frame(HEADERS, END_OF_ALL, stream, get()));
            }
            send(socket, many.toByteArray());

            assertThat(readUntil(socket, RST_STREAM))
                    .anySatisfy(frame -> assertThat(frame.type()).isEqualTo(RST_STREAM));
            assertThat(handled.get()).isLessThanOrEqualTo(100);
        } finally {
            over.countDown();
        }
    }

    static Stream<List<String>> ambiguous() {
        return Stream.of(
                List.of("host", "other"),
                List.of("transfer-encoding", "chunked"),
                List.of("connection", "close"),
                List.of("X-Upper", "a"),
                List.of("x", "a\r\nb: c"),
                List.of(":path", "/again"),
                List.of(":authority", "other"),
                List.of("content-length", "5"),
                List.of("content-length", "x"));
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void a_head_that_could_be_read_in_two_ways_is_refused(List<String> line) throws Exception {
        var handled = new AtomicInteger();
        try (var socket = begun(request -> HttpResponse.of(handled.incrementAndGet() > 0 ? 200 : 500))) {
            send(socket, frame(HEADERS, END_OF_ALL, 1, get(line.getFirst(), line.getLast())));

            assertThat(readUntil(socket, RST_STREAM).getLast().type()).isIn(RST_STREAM, GOAWAY);
            assertThat(handled.get()).isZero();
        }
    }

    @Test
    void continuations_without_end_are_cut() throws Exception {
        try (var socket = begun(request -> HttpResponse.of(200))) {
            send(socket, frame(HEADERS, 0, 1, get()));
            var more = frame(9, 0, 1, headers("x", "a".repeat(100)));
            try {
                for (int i = 0; i < 100_000; i++) {
                    send(socket, more);
                }
            } catch (IOException e) {
                assertThat(e).isNotNull(); // the server has closed
            }
            assertThat(readUntil(socket, GOAWAY))
                    .noneSatisfy(frame -> assertThat(frame.type()).isEqualTo(HEADERS));
        }
    }

    /// Netty's own refusal: an answer, and then a reset by which some clients lose it. So it is kept for what is far
    /// beyond our limits, which are answered without one.
    @Test
    void a_head_far_beyond_the_limits_is_refused_and_its_stream_reset() throws Exception {
        var handled = new AtomicInteger();
        try (var socket = begun(request -> HttpResponse.of(handled.incrementAndGet() > 0 ? 200 : 500))) {
            var line = headers("x", "a".repeat(100));
            send(socket, frame(HEADERS, 1, 1, get()));
            for (int i = 0; i < 4; i++) {
                var lines = new ByteArrayOutputStream();
                for (int j = 0; j < 99; j++) {
                    lines.writeBytes(line);
                }
                send(socket, frame(9, i == 3 ? END_HEADERS : 0, 1, lines.toByteArray()));
            }
            var frames = readUntil(socket, RST_STREAM);
            assertThat(frames).extracting(Frame::type).containsSubsequence(HEADERS, RST_STREAM);
            assertThat(handled.get()).isZero();
        }
    }

    @Test
    void heads_without_end_take_no_more_together_than_they_may() throws Exception {
        var together = new HttpLimits.Together(100, 40_000, 1 << 20, 10);
        var block = new byte[16_384]; // index 0, which nobody decodes before the block has come to its end
        try (var first = open(HttpLimits.USUAL.with(together), request -> HttpResponse.of(200))) {
            sendPartOfHead(first, block);
            var more = new ArrayList<SSLSocket>();
            for (int i = 0; i < 4; i++) {
                more.add(connect());
                sendPartOfHead(more.getLast(), block);
            }

            assertThat(readUntil(first, -1)).extracting(Frame::type).doesNotContain(HEADERS, RST_STREAM);
            try (var other = connect()) {
                begin(other);
                send(other, frame(HEADERS, END_OF_ALL, 1, get()));
                assertThat(readUntil(other, HEADERS).getLast().type()).isEqualTo(HEADERS);
            }
            for (var socket : more) {
                socket.close();
            }
        }
    }

    private static void sendPartOfHead(SSLSocket socket, byte[] block) throws IOException {
        begin(socket);
        send(socket, frame(HEADERS, 0, 1, block));
        send(socket, frame(9, 0, 1, block));
    }

    @Test
    void a_client_that_never_begins_is_cut() throws Exception {
        var impatient = impatientOnceEncrypted();
        try (var socket = open(impatient, request -> HttpResponse.of(200))) {
            assertThat(readUntil(socket, -1))
                    .allSatisfy(frame -> assertThat(frame.flags()).isZero());
        }
    }

    @Test
    void a_client_that_asks_for_nothing_is_cut() throws Exception {
        var impatient = impatientOnceEncrypted();
        try (var socket = open(impatient, request -> HttpResponse.of(200))) {
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
            send(socket, frame(SETTINGS_FRAME, 0, 0, new byte[0]));

            assertThat(readUntil(socket, -1)).isNotEmpty();
        }
    }

    @Test
    void a_body_longer_than_announced_is_refused() throws Exception {
        var handled = new AtomicInteger();
        try (var socket = begun(request -> HttpResponse.of(handled.incrementAndGet() > 0 ? 200 : 500))) {
            send(socket, frame(HEADERS, END_HEADERS, 1, get("content-length", "3")));
            send(socket, frame(DATA, 1, 1, "toolong".getBytes(ISO_8859_1)));

            assertThat(readUntil(socket, RST_STREAM))
                    .anySatisfy(frame -> assertThat(frame.type()).isIn(RST_STREAM, GOAWAY));
        }
    }

    @Test
    void an_answer_that_nobody_takes_waits_where_it_comes_from_and_not_in_memory() throws Exception {
        var answer = new Endless();
        try (var socket = begun(request -> HttpResponse.of(200).withBody("text/plain", answer))) {
            send(socket, frame(SETTINGS_FRAME, 0, 0, new byte[] {0, 4, 0, 0, 0, 0})); // no window
            send(socket, frame(HEADERS, END_OF_ALL, 1, get()));

            answer.awaitStandstill();

            assertThat(answer.taken.get()).isBetween(1L, 1L << 20);
        }
    }

    private static final class Endless implements Content {

        private final AtomicLong taken = new AtomicLong();
        private volatile @Nullable Thread writer;

        @Override
        public long length() {
            return 1L << 40;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            writer = Thread.currentThread();
            while (target.isOpen()) {
                taken.addAndGet(target.write(ByteBuffer.allocate(8192)));
            }
        }

        void awaitStandstill() throws InterruptedException {
            for (var before = -1L; before <= 0 || before != taken.get() || !isWaiting(); ) {
                before = taken.get();
                Thread.sleep(200);
            }
        }

        private boolean isWaiting() {
            var thread = writer;
            return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
        }
    }
}
