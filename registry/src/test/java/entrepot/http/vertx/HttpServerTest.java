package entrepot.http.vertx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.http.HttpResponse;
import entrepot.http.RequestContext;
import entrepot.http.WholeBody;
import io.netty.util.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HttpServerTest extends WithServer {

    @Test
    void netty_is_the_version_without_known_smuggling_holes() {
        assertThat(Version.identify())
                .hasEntrySatisfying(
                        "netty-codec-http",
                        netty -> assertThat(netty.artifactVersion()).isEqualTo("4.2.18.Final"));
    }

    @Test
    void a_request_reaches_the_handler_as_it_was_sent() throws Exception {
        try (var client = serve(request -> HttpResponse.of(200)
                .withText(
                        "text/plain",
                        request.method() + " " + request.path() + " " + request.query() + " "
                                + request.headers().all("X-A") + " " + request.clientAddress()))) {
            var reply = client.send("POST /v2/a%2Fb?x=%20&y HTTP/1.1\r\nHost: h:80\r\nX-A: 1\r\nx-a: 2\r\n\r\n")
                    .read();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("POST /v2/a%2Fb x=%20&y [1, 2] 127.0.0.1");
            assertThat(reply.says("Content-Type: text/plain")).isTrue();
            assertThat(reply.head()).containsPattern("Date: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        }
    }

    @Test
    void a_handler_runs_on_a_virtual_thread_with_an_id_of_its_own() throws Exception {
        var ids = new ConcurrentLinkedQueue<UUID>();
        try (var client = serve(request -> {
            ids.add(RequestContext.current().id());
            return HttpResponse.of(Thread.currentThread().isVirtual() ? 200 : 500);
        })) {
            assertThat(client.send(GET).read().status()).isEqualTo(200);
            assertThat(client.send(GET).read().status()).isEqualTo(200);
            assertThat(ids).doesNotHaveDuplicates().hasSize(2);
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order_one_at_a_time() throws Exception {
        var running = new ConcurrentLinkedQueue<String>();
        try (var client = serve(request -> {
            running.add(request.path());
            var alone = running.size() == 1;
            pause(request.path().equals("/0") ? 300 : 0);
            var body = new String(WholeBody.read(request.body(), 100), UTF_8);
            running.remove(request.path());
            return HttpResponse.of(alone ? 200 : 500).withText("t/t", request.path() + body);
        })) {
            var all = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                all.append("PUT /").append(i).append(" HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
            }
            client.send(all.toString());
            for (int i = 0; i < 100; i++) {
                var reply = client.read();
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.text()).isEqualTo("/" + i + "abc");
            }
        }
    }

    @Test
    void a_failed_handler_is_answered_500_and_no_more() throws Exception {
        try (var client = serve(request -> {
            throw new IllegalStateException("secret");
        })) {
            var reply = client.send(GET).read();
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).isEmpty();
            assertThat(client.send(GET).read().status()).isEqualTo(500);
        }
    }

    @Test
    void a_request_to_upgrade_is_an_ordinary_one() throws Exception {
        try (var client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void a_taken_port_is_told() {
        var taken = HttpSettings.on("127.0.0.1", server.port());

        assertThatThrownBy(() -> HttpServer.start(taken, request -> HttpResponse.of(200)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    @Test
    void a_request_in_flight_is_finished_before_the_server_stops() throws Exception {
        var started = new CountDownLatch(1);
        try (var client = serve(request -> {
                    started.countDown();
                    pause(500);
                    return HttpResponse.of(200).withText("t/t", "finished");
                });
                var idle = new RawClient(server.port())) {
            client.send(GET);
            await(started);
            server.stop(Duration.ofSeconds(10));

            assertThat(client.read().text()).isEqualTo("finished");
            assertThat(idle.readToEnd()).isEmpty();
            assertThatThrownBy(() -> new RawClient(server.port())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_request_that_outlasts_the_grace_is_cut() throws Exception {
        var started = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        try (var client = serve(request -> {
            started.countDown();
            await(over);
            return HttpResponse.of(200);
        })) {
            client.send(GET);
            await(started);
            var from = System.nanoTime();
            server.stop(Duration.ofMillis(300));

            assertThat(Duration.ofNanos(System.nanoTime() - from))
                    .isBetween(Duration.ofMillis(250), Duration.ofSeconds(15));
            assertThat(client.readToEnd()).isEmpty();
        } finally {
            over.countDown();
        }
    }
}
