package entrepot.http.vertx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest extends WithServer {

    @Test
    void head_has_the_length_and_no_body() throws Exception {
        try (var client = serve(request -> HttpResponse.of(200)
                .withBody(
                        "a/b",
                        request.path().equals("/f") ? fileOf(random(99_999), 0, 99_999) : streamOf(random(7), 7)))) {
            assertThat(client.send("HEAD /f HTTP/1.1\r\nHost: h\r\n\r\n")
                            .readHead()
                            .says("Content-Length: 99999"))
                    .isTrue();
            assertThat(client.send("HEAD /s HTTP/1.1\r\nHost: h\r\n\r\n")
                            .readHead()
                            .says("Content-Length: 7"))
                    .isTrue();
            assertThat(client.send("GET /s HTTP/1.1\r\nHost: h\r\n\r\n").read().body())
                    .isEqualTo(random(7));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void some_answers_have_no_length(int status) throws Exception {
        try (var client = serve(request -> HttpResponse.of(status))) {
            var reply = client.send(GET).readHead();

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.head().toLowerCase(Locale.ROOT)).doesNotContain("content-length", "transfer-encoding");
            assertThat(client.send(GET).readHead().status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void whoever_is_to_come_again_is_told_when(int status) throws Exception {
        try (var client = serve(request -> request.path().equals("/late")
                ? HttpResponse.of(status).with("Retry-After", "7")
                : HttpResponse.of(status))) {
            assertThat(client.send(GET).read().says("Retry-After: 1")).isTrue();
            var late = client.send("GET /late HTTP/1.1\r\nHost: h\r\n\r\n").read();
            assertThat(late.says("Retry-After: 7")).isTrue();
            assertThat(late.says("Retry-After: 1")).isFalse();
        }
    }

    @Test
    void an_answer_without_a_body_says_so() throws Exception {
        try (var client = new RawClient(server.port())) {
            assertThat(client.send(GET).read().says("Content-Length: 0")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32_768, 32_769, 4_000_000})
    void a_region_of_a_file_is_sent(int length) throws Exception {
        var bytes = random(5_000_000);
        try (var client = serve(request -> HttpResponse.of(206).withBody("a/b", fileOf(bytes, 1234, length)))) {
            for (int i = 0; i < 2; i++) {
                var reply = client.send(GET).read();

                assertThat(reply.status()).isEqualTo(206);
                assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(bytes, 1234, 1234 + length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 200_000})
    void a_file_shorter_than_its_region_is_an_error_not_a_short_answer(int length) throws Exception {
        try (var client = serve(request -> HttpResponse.of(200).withBody("a/b", fileOf(random(100), 0, length)))) {
            var reply = client.send(GET).read();

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).isEmpty();
            assertThat(reply.head()).doesNotContain("a/b");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3_000_000})
    void any_content_is_sent(int size) throws Exception {
        try (var client = serve(request -> HttpResponse.of(200).withBody("a/b", streamOf(random(size), size)))) {
            assertThat(client.send(GET).read().body()).isEqualTo(random(size));
            assertThat(client.send(GET).read().body()).isEqualTo(random(size));
        }
    }

    @Test
    void content_of_unknown_length_is_sent_in_chunks() throws Exception {
        try (var client =
                serve(request -> HttpResponse.of(200).withBody("a/b", streamOf("abcd".getBytes(UTF_8), -1)))) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

            assertThat(client.readToEnd().toLowerCase(Locale.ROOT))
                    .contains("\r\ntransfer-encoding: chunked\r\n")
                    .endsWith("\r\n\r\n4\r\nabcd\r\n0\r\n\r\n");
        }
    }

    @Test
    void content_of_unknown_length_ends_an_old_client_s_connection() throws Exception {
        try (var client =
                serve(request -> HttpResponse.of(200).withBody("a/b", streamOf("abcd".getBytes(UTF_8), -1)))) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

            assertThat(client.readToEnd()).endsWith("\r\n\r\nabcd").doesNotContain("keep-alive");
        }
    }

    @Test
    void content_that_ends_early_never_looks_whole() throws Exception {
        try (var client = serve(request -> HttpResponse.of(200).withBody("a/b", streamOf(random(300_000), 400_000)))) {
            assertThat(client.send(GET).readToEnd())
                    .contains("400000\r\n")
                    .doesNotContain(" 500 ")
                    .hasSizeLessThan(400_000);
        }
    }

    @Test
    void content_that_fails_before_any_of_it_went_out_is_a_failure() throws Exception {
        try (var client = serve(request -> HttpResponse.of(200).withBody("a/b", streamOf(random(10), 20)))) {
            assertThat(client.send(GET).read().status()).isEqualTo(500);
        }
    }

    @Test
    void a_line_break_in_a_header_value_is_not_sent() throws Exception {
        try (var client = serve(request -> HttpResponse.of(200).with("X", "a\r\nY: b"))) {
            var reply = client.send(GET).read();

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.head()).doesNotContain("Y: b");
        }
    }
}
