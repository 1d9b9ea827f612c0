package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.http.ClientGoneException;
import entrepot.http.HttpResponse;
import entrepot.http.MalformedBodyException;
import entrepot.http.WholeBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest extends WithServer {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, 5_000_000})
    void a_body_comes_whole(int size) throws Exception {
        var body = random(size);
        try (var client = serve(request ->
                HttpResponse.of(200).withBody("a/b", new Content.Bytes(WholeBody.read(request.body(), 10_000_000))))) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + size + "\r\n\r\n")
                    .send(body);

            assertThat(client.read().body()).isEqualTo(body);
        }
    }

    @Test
    void a_chunked_body_comes_whole() throws Exception {
        var part = random(70_000);
        try (var client = serve(request -> HttpResponse.of(request.body().length() == -1 ? 200 : 500)
                .withBody("a/b", new Content.Bytes(WholeBody.read(request.body(), 10_000_000))))) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 40; i++) {
                client.send(Integer.toHexString(part.length) + "\r\n")
                        .send(part)
                        .send("\r\n");
            }
            var reply = client.send("0\r\n\r\n").read();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).hasSize(40 * part.length).endsWith(part);
        }
    }

    @Test
    void a_client_that_breaks_off_mid_body_fails_the_reader() throws Exception {
        var read = new ConcurrentLinkedQueue<Integer>();
        var failed = new ConcurrentLinkedQueue<Exception>();
        var done = new CountDownLatch(1);
        try (var client = serve(request -> {
            try {
                request.body().writeTo(collectingSizes(read));
            } catch (IOException e) {
                failed.add(e);
                throw e;
            } finally {
                done.countDown();
            }
            return HttpResponse.of(201);
        })) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n")
                    .send(random(500));
            awaitUntil(() -> !read.isEmpty());
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(failed).singleElement().isInstanceOf(ClientGoneException.class);
    }

    @Test
    void a_malformed_chunk_fails_the_reader_and_is_answered_400() throws Exception {
        var failed = new ConcurrentLinkedQueue<Exception>();
        try (var client = serve(request -> {
            try {
                WholeBody.read(request.body(), 1000);
            } catch (IOException e) {
                failed.add(e);
                throw new UncheckedIOException(e);
            }
            return HttpResponse.of(201);
        })) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\nnonsense\r\n\r\n");

            assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ");
            assertThat(failed).singleElement().isInstanceOf(MalformedBodyException.class);
        }
    }

    @Test
    void continue_is_sent_when_the_body_is_first_read() throws Exception {
        var mayRead = new CountDownLatch(1);
        try (var client = serve(request -> {
            await(mayRead);
            return HttpResponse.of(201).withBody("a/b", new Content.Bytes(WholeBody.read(request.body(), 10)));
        })) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
            pause(100);
            assertThat(client.input().available()).isZero();
            mayRead.countDown();

            assertThat(client.readHead().status()).isEqualTo(100);
            assertThat(client.send("abcd").read().text()).isEqualTo("abcd");
            assertThat(client.send(GET).read().status()).isEqualTo(201);
        }
    }

    @Test
    void a_refusal_instead_of_continue_ends_the_connection() throws Exception {
        try (var client = serve(request -> HttpResponse.of(401))) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
            var reply = client.read();

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.says("Connection: close")).isTrue();
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nf4240\r\n"})
    void a_small_body_that_nobody_reads_is_dropped_and_the_connection_kept(String lines) throws Exception {
        try (var client = serve(request -> HttpResponse.of(401))) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\n" + lines);
            assertThat(client.read().status()).isEqualTo(401);
            client.send(random(1_000_000)).send(lines.endsWith("f4240\r\n") ? "\r\n0\r\n\r\n" : "");

            assertThat(client.send(GET).read().status()).isEqualTo(401);
        }
    }

    @Test
    void a_large_body_that_nobody_reads_ends_the_connection_after_the_answer() throws Exception {
        try (var client = serve(request -> HttpResponse.of(401))) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 900000000\r\n\r\n")
                    .send(random(5_000_000));
            var reply = client.read();

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.says("Connection: close")).isTrue();
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void an_endless_chunked_body_that_nobody_reads_ends_the_connection() throws Exception {
        try (var client = serve(LingerTest.after(Duration.ofSeconds(2), 10), request -> HttpResponse.of(401))) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(401);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            client.send("10000\r\n").send(random(65_536)).send("\r\n");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_body_that_is_read_twice_or_too_late_is_an_error_not_an_empty_one() throws Exception {
        var bodies = new ConcurrentLinkedQueue<Content>();
        try (var client = serve(request -> {
            bodies.add(request.body());
            if (request.path().equals("/twice")) {
                WholeBody.read(request.body(), 10);
            }
            return HttpResponse.of(200);
        })) {
            for (var path : List.of("/twice", "/late")) {
                client.send("PUT " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nabcd");
                assertThat(client.read().status()).isEqualTo(200);
            }
            assertThat(bodies)
                    .hasSize(2)
                    .allSatisfy(body -> assertThatThrownBy(() -> WholeBody.read(body, 10))
                            .isInstanceOf(IllegalStateException.class));
        }
    }
}
