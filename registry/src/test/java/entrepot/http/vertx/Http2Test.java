package entrepot.http.vertx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.StoredManifest;
import entrepot.http.ClientGoneException;
import entrepot.http.HttpHandler;
import entrepot.http.HttpLimits;
import entrepot.http.HttpResponse;
import entrepot.http.WholeBody;
import entrepot.http.body.MemoryBudget;
import entrepot.http.body.SpoolFolder;
import entrepot.http.body.Spools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Http2Test extends WithServer {

    @TempDir
    static Path made;

    private static Pems pems;

    private final HttpClient client = HttpClient.newBuilder()
            .sslContext(Pems.trustingAll())
            .version(HttpClient.Version.HTTP_2)
            .build();

    @BeforeAll
    static void makeCertificate() {
        pems = Pems.make(made, "EC");
    }

    @AfterEach
    void closeClient() {
        client.shutdownNow();
    }

    private void serveHttp2(HttpLimits limits, HttpHandler handler) throws IOException {
        server.stop(Duration.ZERO);
        server = HttpServer.start(SETTINGS.with(limits).with(pems.writeTo(folder, true)), handler);
    }

    private void serveHttp2(HttpHandler handler) throws IOException {
        serveHttp2(HttpLimits.USUAL, handler);
    }

    private java.net.http.HttpRequest.Builder request(String path) {
        return java.net.http.HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
    }

    private java.net.http.HttpResponse<byte[]> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    @Test
    void a_request_of_http_2_is_like_any_other() throws Exception {
        serveHttp2(request -> HttpResponse.of(200)
                .with("X-Sent", request.headers().first("x-a").orElse(""))
                .withText(
                        "t/t",
                        request.method() + " " + request.path() + " " + request.query() + " "
                                + request.headers().all("Host") + " "
                                + request.calledAs().endpoint() + " "
                                + request.clientAddress()));

        var response =
                client.send(request("/v2/a%2Fb?x=%20&y").header("X-A", "1").build(), BodyHandlers.ofString());

        var host = "localhost:" + server.port();
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body()).isEqualTo("GET /v2/a%2Fb x=%20&y [" + host + "] https://" + host + " 127.0.0.1");
        assertThat(response.headers().firstValue("x-sent")).hasValue("1");
        assertThat(response.headers().firstValue("connection")).isEmpty();
    }

    @Test
    void a_manifest_that_is_deleted_while_it_is_sent_is_cut() throws Exception {
        var memory = new MemoryBudget(192 << 20);
        var spools = new Spools(memory, SpoolFolder.in(folder), 1 << 30);
        serveHttp2(request -> {
            long end = request.path().equals("/whole") ? 4_000_000 : 3_000_000;
            return HttpResponse.of(200).withBody("a/b", spools.answer(zeros(4_000_000, end)));
        });

        assertThat(get("/whole").body()).hasSize(4_000_000);
        assertThatThrownBy(() -> get("/gone")).isInstanceOf(IOException.class);
        awaitUntil(() -> memory.held().left() == 64 << 20);
    }

    private static StoredManifest zeros(int length, long until) {
        return new StoredManifest(
                length, (offset, count) -> offset + count > until ? Optional.empty() : Optional.of(new byte[count]));
    }

    @Test
    void every_kind_of_body_comes_whole() throws Exception {
        var bytes = random(3_000_000);
        var region = fileOf(bytes, 5, 2_000_000);
        serveHttp2(request -> HttpResponse.of(200)
                .withBody(
                        "a/b",
                        switch (request.path()) {
                            case "/file" -> region;
                            case "/small-file" -> new Content.FileRegion(region.file(), 5, 100);
                            case "/bytes" -> new Content.Bytes(bytes);
                            case "/stream" -> streamOf(bytes, bytes.length);
                            default -> streamOf(bytes, -1);
                        }));

        assertThat(get("/file").body()).isEqualTo(Arrays.copyOfRange(bytes, 5, 2_000_005));
        assertThat(get("/small-file").body()).isEqualTo(Arrays.copyOfRange(bytes, 5, 105));
        assertThat(get("/bytes").body()).isEqualTo(bytes);
        assertThat(get("/stream").body()).isEqualTo(bytes);
        assertThat(get("/unmeasured").body()).isEqualTo(bytes);
    }

    @Test
    void head_is_measured_and_not_sent() throws Exception {
        var region = fileOf(random(100_000), 0, 100_000);
        serveHttp2(request -> HttpResponse.of(200).withBody("a/b", region));

        var response = client.send(request("/").HEAD().build(), BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("content-length")).hasValue("100000");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void a_body_comes_whole_whether_measured_or_not() throws Exception {
        var bytes = random(5_000_000);
        serveHttp2(request ->
                HttpResponse.of(Arrays.equals(WholeBody.read(request.body(), bytes.length), bytes) ? 201 : 500));

        for (var body : new BodyPublisher[] {
            BodyPublishers.ofByteArray(bytes), BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(bytes))
        }) {
            assertThat(client.send(request("/").PUT(body).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void many_streams_are_answered_each_by_itself() throws Exception {
        serveHttp2(request -> {
            pause(request.path().equals("/0") ? 500 : 0);
            return HttpResponse.of(200)
                    .withText("t/t", request.path() + new String(WholeBody.read(request.body(), 100), UTF_8));
        });
        assertThat(get("/a").body()).isNotEmpty(); // else the client would begin with as many handshakes
        for (int round = 0; round < 3; round++) {
            var answers = new ArrayList<CompletableFuture<java.net.http.HttpResponse<String>>>();
            for (int i = 0; i < 90; i++) {
                answers.add(client.sendAsync(
                        request("/" + i).PUT(BodyPublishers.ofString("abc")).build(), BodyHandlers.ofString()));
            }
            for (int i = 0; i < 90; i++) {
                assertThat(answers.get(i).get(30, TimeUnit.SECONDS).body()).isEqualTo("/" + i + "abc");
            }
        }
    }

    @Test
    void a_handler_that_takes_little_of_a_body_holds_little_memory_and_gets_all_of_it() throws Exception {
        var sent = new AtomicLong();
        var over = new CountDownLatch(1);
        var size = 40_000_000L;
        serveHttp2(request -> {
            await(over);
            var count = new AtomicLong();
            request.body().writeTo(Counting.target(count));
            return HttpResponse.of(200).withText("t/t", String.valueOf(count.get()));
        });

        var answer = client.sendAsync(
                request("/")
                        .PUT(BodyPublishers.ofInputStream(() -> Counting.source(sent, size)))
                        .build(),
                BodyHandlers.ofString());

        assertThat(steady(sent, 4 << 20)).isPositive();
        over.countDown();
        assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo(String.valueOf(size));
    }

    @Test
    void an_upload_that_is_reset_fails_its_reader() throws Exception {
        var failed = new CompletableFuture<Exception>();
        var begun = new CountDownLatch(1);
        serveHttp2(request -> {
            try {
                begun.countDown();
                return HttpResponse.of(WholeBody.read(request.body(), 1_000_000).length > 0 ? 201 : 200);
            } catch (IOException e) {
                failed.complete(e);
                throw e;
            }
        });
        var neverEnding = BodyPublishers.fromPublisher(
                (Flow.Publisher<ByteBuffer>) subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {}

                    @Override
                    public void cancel() {}
                }));

        var answer = client.sendAsync(request("/").PUT(neverEnding).build(), BodyHandlers.discarding());
        await(begun);
        answer.cancel(true);

        assertThat(failed.get(20, TimeUnit.SECONDS)).isInstanceOf(ClientGoneException.class);
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void a_client_that_takes_none_of_a_stream_is_cut_and_others_on_the_connection_are_served() throws Exception {
        var failed = new CountDownLatch(1);
        var impatient = impatientAfterTheHead();
        serveHttp2(
                impatient,
                request -> request.path().equals("/endless")
                        ? HttpResponse.of(200).withBody("a/b", endlessContent(failed))
                        : HttpResponse.of(200));

        var slow = client.send(request("/endless").build(), BodyHandlers.ofPublisher());

        assertThat(get("/").statusCode()).isEqualTo(200);
        assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(slow.statusCode()).isEqualTo(200);
    }

    private static Content endlessContent(CountDownLatch failed) {
        return new Content() {
            @Override
            public long length() {
                return -1;
            }

            @Override
            public void writeTo(WritableByteChannel target) throws IOException {
                try {
                    while (true) {
                        target.write(ByteBuffer.allocate(100_000));
                    }
                } catch (ClientGoneException e) {
                    failed.countDown();
                    throw e;
                }
            }
        };
    }

    @Test
    void a_body_that_nobody_reads_does_not_keep_the_answer_back() throws Exception {
        serveHttp2(request -> HttpResponse.of(403));

        var response = client.send(
                request("/")
                        .PUT(BodyPublishers.ofInputStream(() -> Counting.source(new AtomicLong(), 30_000_000)))
                        .build(),
                BodyHandlers.discarding());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(get("/").statusCode()).isEqualTo(403);
    }

    @Test
    void a_head_beyond_the_limits_is_refused() throws Exception {
        var handled = new AtomicInteger();
        serveHttp2(request -> HttpResponse.of(handled.incrementAndGet() > 0 ? 200 : 500));

        assertThat(get("/?" + "a".repeat(17_000)).statusCode()).isEqualTo(414);
        var wide = request("/").header("X", "a".repeat(33_000)).build();
        assertThat(client.send(wide, BodyHandlers.discarding()).statusCode()).isEqualTo(431);
        var many = request("/");
        for (int i = 0; i < 128; i++) {
            many.header("X", "");
        }
        assertThat(client.send(many.build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(431);
        assertThat(handled.get()).isZero();
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void heads_of_many_streams_take_no_more_together_than_they_may() throws Exception {
        var over = new CountDownLatch(1);
        var together = new HttpLimits.Together(100, 100_000, 1 << 20, 10);
        serveHttp2(HttpLimits.USUAL.with(together), request -> {
            if (request.path().equals("/held")) {
                await(over);
            }
            return HttpResponse.of(200);
        });
        get("/");
        var held = new ArrayList<CompletableFuture<java.net.http.HttpResponse<Void>>>();
        for (int i = 0; i < 20; i++) {
            held.add(client.sendAsync(
                    request("/held").header("X", "a".repeat(10_000)).build(), BodyHandlers.discarding()));
        }
        var refused =
                CompletableFuture.anyOf(held.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        over.countDown();

        assertThat(((java.net.http.HttpResponse<?>) refused).statusCode()).isEqualTo(503);
        assertThat(((java.net.http.HttpResponse<?>) refused).headers().firstValue("retry-after"))
                .hasValue("1");
        assertThat(held)
                .anySatisfy(
                        answer -> assertThat(answer.get(20, TimeUnit.SECONDS).statusCode())
                                .isEqualTo(200));
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void a_failed_handler_is_answered_500() throws Exception {
        serveHttp2(request -> {
            throw new IllegalStateException("secret");
        });

        assertThat(get("/").statusCode()).isEqualTo(500);
        assertThat(get("/").body()).isEmpty();
    }

    @Test
    void a_request_in_flight_is_finished_before_the_server_stops() throws Exception {
        var started = new CountDownLatch(1);
        serveHttp2(request -> {
            started.countDown();
            pause(500);
            return HttpResponse.of(200).withText("t/t", "finished");
        });
        var answer = client.sendAsync(request("/").build(), BodyHandlers.ofString());
        await(started);
        server.stop(Duration.ofSeconds(10));

        assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("finished");
    }
}
