package entrepot.http.vertx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.http.ClientGoneException;
import entrepot.http.HttpHandler;
import entrepot.http.HttpLimits;
import entrepot.http.HttpResponse;
import entrepot.http.WholeBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SlowClientTest extends WithServer {

    private static final HttpSettings IMPATIENT = SETTINGS.with(impatient());

    private HttpServer impatient = HttpServer.start(IMPATIENT, request -> HttpResponse.of(200));

    @AfterEach
    void stopImpatient() {
        impatient.stop(Duration.ZERO);
    }

    private void serveImpatiently(HttpHandler handler) {
        serveImpatiently(impatientAfterTheHead().pace(), handler);
    }

    private void serveImpatiently(HttpLimits.Pace pace, HttpHandler handler) {
        impatient.stop(Duration.ZERO);
        impatient = HttpServer.start(SETTINGS.with(HttpLimits.USUAL.with(pace)), handler);
    }

    @Test
    void a_client_that_dribbles_its_first_head_is_cut() throws Exception {
        try (var client = new RawClient(impatient.port())) {
            assertThatThrownBy(() -> dribble(client, Duration.ofSeconds(40))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_client_that_dribbles_a_later_head_is_cut_after_the_longer_time() throws Exception {
        var idle = Duration.ofSeconds(12);
        serveImpatiently(new HttpLimits.Pace(Duration.ofSeconds(3), idle, 2, idle), request -> HttpResponse.of(200));
        try (var client = new RawClient(impatient.port())) {
            assertThat(client.send(GET).read().status()).isEqualTo(200);
            dribble(client, Duration.ofSeconds(4));
            assertThatThrownBy(() -> dribble(client, Duration.ofSeconds(40))).isInstanceOf(IOException.class);
        }
    }

    static void dribble(RawClient client, Duration time) throws IOException {
        client.send("GET / HTTP/1.1\r\nX: ");
        for (long i = 0; i < time.toMillis() / 50; i++) {
            client.send("a");
            pause(50);
        }
    }

    @Test
    void five_hundred_clients_that_dribble_are_cut_and_no_other_feels_it() throws Exception {
        var dribblers = new ArrayList<RawClient>();
        try {
            try (var other = new RawClient(impatient.port())) {
                assertThat(other.send(GET).read().status()).isEqualTo(200);
                for (int i = 0; i < 500; i++) {
                    dribblers.add(new RawClient(impatient.port()).send("GET / HTTP/1.1\r\nX: "));
                    if (i % 50 == 0) {
                        assertThat(other.send(GET).read().status()).isEqualTo(200);
                    }
                }
                for (int i = 0; i < 20; i++) {
                    assertThat(other.send(GET).read().status()).isEqualTo(200);
                    dribbleOnce(dribblers);
                }
            }
            for (var dribbler : dribblers) {
                assertThat(dribbler.readToEnd()).isEmpty();
            }
        } finally {
            for (var dribbler : dribblers) {
                dribbler.close();
            }
        }
    }

    private static void dribbleOnce(List<RawClient> dribblers) {
        for (var dribbler : dribblers) {
            try {
                dribbler.send("a");
            } catch (IOException e) {
                assertThat(e).isNotNull(); // cut already
            }
        }
    }

    @Test
    void a_silent_client_is_cut() throws Exception {
        try (var client = new RawClient(impatient.port())) {
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void a_slow_handler_is_waited_for() throws Exception {
        serveImpatiently(request -> {
            pause(3500);
            return HttpResponse.of(200);
        });
        try (var client = new RawClient(impatient.port())) {
            assertThat(client.send(GET).read().status()).isEqualTo(200);
        }
    }

    @Test
    void a_body_that_stalls_fails_the_reader_and_cuts_the_client() throws Exception {
        var failed = new ConcurrentLinkedQueue<Exception>();
        serveImpatiently(request -> {
            try {
                return HttpResponse.of(201).withBody("a/b", new Content.Bytes(WholeBody.read(request.body(), 100)));
            } catch (IOException e) {
                failed.add(e);
                throw e;
            }
        });
        try (var client = new RawClient(impatient.port())) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab");

            assertThat(client.readToEnd()).isEmpty();
            assertThat(failed).singleElement().isInstanceOf(ClientGoneException.class);
        }
    }

    /// It takes longer than a client may be silent, in pieces that come sooner than they must.
    @Test
    void a_slow_body_that_does_not_stall_is_read_to_its_end() throws Exception {
        var idle = Duration.ofSeconds(4);
        serveImpatiently(
                new HttpLimits.Pace(idle, idle, 2, idle),
                request ->
                        HttpResponse.of(201).withBody("a/b", new Content.Bytes(WholeBody.read(request.body(), 100))));
        try (var client = new RawClient(impatient.port())) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 15\r\n\r\n");
            for (int i = 0; i < 15; i++) {
                pause(300);
                client.send("a");
            }
            assertThat(client.read().status()).isEqualTo(201);
        }
    }

    @Test
    void a_body_that_comes_by_a_byte_now_and_then_fails_its_reader() throws Exception {
        var failed = new CompletableFuture<Exception>();
        var pace = new HttpLimits.Pace(Duration.ofSeconds(30), Duration.ofSeconds(2), 1000, Duration.ofSeconds(3));
        serveImpatiently(pace, request -> {
            try {
                return HttpResponse.of(WholeBody.read(request.body(), 1000).length);
            } catch (IOException e) {
                failed.complete(e);
                throw e;
            }
        });
        try (var client = new RawClient(impatient.port())) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 600\r\n\r\n");
            assertThatThrownBy(() -> sendByteByByte(client, 600)).isInstanceOf(IOException.class);
            assertThat(failed.get(30, TimeUnit.SECONDS)).isInstanceOf(ClientGoneException.class);
        }
    }

    private static void sendByteByByte(RawClient client, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            client.send("a");
            pause(50);
        }
    }

    @Test
    void a_client_that_takes_none_of_a_file_is_cut() throws Exception {
        var region = fileOf(random(30_000_000), 0, 30_000_000);
        serveImpatiently(request -> HttpResponse.of(200).withBody("a/b", region));
        try (var client = new RawClient(impatient.port(), 8192)) {
            client.send(GET);
            assertThatThrownBy(() -> dribble(client, Duration.ofSeconds(40))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_client_that_takes_none_of_a_stream_is_cut_and_its_writer_told() throws Exception {
        var failed = new CountDownLatch(1);
        serveImpatiently(request -> HttpResponse.of(200).withBody("a/b", endless(new AtomicLong(), failed)));
        try (var client = new RawClient(impatient.port(), 8192)) {
            client.send(GET);
            assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_client_that_takes_little_of_a_stream_holds_little_memory() throws Exception {
        var written = new AtomicLong();
        try (var client = serve(
                        request -> HttpResponse.of(200).withBody("a/b", endless(written, new CountDownLatch(1))));
                var slow = new RawClient(server.port(), 8192)) {
            slow.send(GET);
            var held = steady(written, 8 << 20); // most of it is in the system's own buffers

            assertThat(slow.input().readNBytes(20_000_000)).hasSize(20_000_000);
            assertThat(written.get()).isGreaterThan(held);
            assertThat(client.input().available()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n3b9aca00\r\n"})
    void a_handler_that_takes_little_of_a_body_holds_little_memory(String lines) throws Exception {
        var sent = new AtomicLong();
        var over = new CountDownLatch(1);
        try (var client = serve(request -> {
            await(over);
            return HttpResponse.of(200);
        })) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\n" + lines);
            Thread.ofVirtual().start(() -> sendUntilClosed(client, random(65_536), sent));
            assertThat(steady(sent, 16 << 20)).isPositive(); // most of it is in the system's own buffers
        } finally {
            over.countDown();
        }
    }

    @Test
    void a_client_that_pipelines_faster_than_it_is_served_holds_little_memory() throws Exception {
        var sent = new AtomicLong();
        var over = new CountDownLatch(1);
        try (var client = serve(request -> {
            await(over);
            return HttpResponse.of(200);
        })) {
            Thread.ofVirtual()
                    .start(() -> sendUntilClosed(client, GET.repeat(2000).getBytes(UTF_8), sent));
            assertThat(steady(sent, 16 << 20)).isPositive(); // most of it is in the system's own buffers
        } finally {
            over.countDown();
        }
    }

    private static void sendUntilClosed(RawClient client, byte[] piece, AtomicLong sent) {
        try {
            for (; ; sent.addAndGet(piece.length)) {
                client.send(piece);
            }
        } catch (IOException e) {
            assertThat(sent.get()).isPositive();
        }
    }

    private static Content endless(AtomicLong written, CountDownLatch failed) {
        return new Content() {
            @Override
            public long length() {
                return Long.MAX_VALUE;
            }

            @Override
            public void writeTo(WritableByteChannel target) throws IOException {
                try {
                    while (true) {
                        written.addAndGet(target.write(ByteBuffer.allocate(100_000)));
                    }
                } catch (ClientGoneException e) {
                    failed.countDown();
                    throw e;
                }
            }
        };
    }
}
