package entrepot.store.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// Where answers to what is sent end, in all the ways in which HTTP lets them.
class PlainAnswersTest {

    private static final String BYTES = "some bytes";
    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String CHUNKED = "HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();

    @AutoClose
    private ServerSocket server;

    @AutoClose
    private PlainConnections connections;

    @AutoClose
    private PlainCalls calls;

    private URI address;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        address = URI.create("http://127.0.0.1:" + server.getLocalPort());
        connections = new PlainConnections(address, Duration.ofSeconds(60));
        calls = new PlainCalls(connections, UrlConnectionHttpClient.create());
    }

    @Test
    void what_is_said_before_the_answer_is_not_the_answer() throws IOException {
        answers.add("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + EMPTY);

        assertThat(put().httpResponse().statusCode()).isEqualTo(200);
        assertIsFollowed();
    }

    @Test
    void chunks_end_with_their_trailers() throws IOException {
        answers.add(CHUNKED + "5;x=y\r\n<Erro\r\n2\r\nr>\r\n0\r\nA: b\r\nC: d\r\n\r\n");

        assertThat(text(put())).isEqualTo("<Error>");
        assertIsFollowed();
    }

    @Test
    void no_content_has_none_whatever_length_it_has() throws IOException {
        answers.add("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n");

        assertThat(text(put())).isEmpty();
        assertIsFollowed();
    }

    @Test
    void a_head_that_was_asked_for_alone_has_no_body_whatever_length_it_has() throws IOException {
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: 1234567\r\n\r\n");
        var request =
                SdkHttpRequest.builder().method(SdkHttpMethod.HEAD).uri(address).encodedPath("/bucket/key");

        var answer = calls.prepareRequest(
                        HttpExecuteRequest.builder().request(request.build()).build())
                .call();

        assertThat(answer.httpResponse().firstMatchingHeader("Content-Length")).hasValue("1234567");
        assertThat(text(answer)).isEmpty();
        assertIsFollowed();
    }

    @Test
    void a_chunk_of_no_size_is_a_broken_answer() {
        for (int i = 0; i < 2; i++) {
            answers.add(CHUNKED + "many\r\n");
        }

        assertThatThrownBy(this::put).isInstanceOf(IOException.class);
    }

    @Test
    void an_answer_without_a_length_is_as_long_as_the_connection() throws IOException {
        answers.add("HTTP/1.1 403 Forbidden\r\n\r\n<Error><Code>AccessDenied</Code></Error>!");

        assertThat(text(put())).contains("AccessDenied");
        assertIsLast();
    }

    @Test
    void nothing_follows_an_answer_with_more_behind_it() throws IOException {
        answers.add(EMPTY + "more");

        put();
        assertIsLast();
    }

    @Test
    void nothing_follows_an_old_answer() throws IOException {
        answers.add(EMPTY.replace("1.1", "1.0"));

        put();
        assertIsLast();
    }

    @Test
    void bytes_that_cannot_be_read_are_no_cut_answer() {
        var whole = new WholeAnswers(calls);
        var failure = new IllegalArgumentException("no such part");

        assertThatThrownBy(() -> prepared(whole, () -> {
                            throw failure;
                        })
                        .call())
                .isSameAs(failure);
    }

    @Test
    void who_aborts_what_is_done_ends_no_connection_of_others() throws IOException {
        answers.addAll(List.of(EMPTY, EMPTY));
        var first = prepared();
        first.call();

        first.abort();

        put();
        assertThat(accepted).hasValue(1);
    }

    private void assertIsFollowed() throws IOException {
        answers.add(EMPTY);
        put();
        assertThat(accepted).hasValue(1);
    }

    private void assertIsLast() throws IOException {
        answers.add(EMPTY);
        put();
        assertThat(accepted).hasValue(2);
    }

    private HttpExecuteResponse put() throws IOException {
        return prepared().call();
    }

    private ExecutableHttpRequest prepared() {
        return prepared(calls, () -> new ByteArrayInputStream(BYTES.getBytes(ISO_8859_1)));
    }

    private ExecutableHttpRequest prepared(SdkHttpClient client, ContentStreamProvider bytes) {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .uri(address)
                .encodedPath("/bucket/key")
                .putHeader("Content-Length", Integer.toString(BYTES.length()));
        return client.prepareRequest(HttpExecuteRequest.builder()
                .request(request.build())
                .contentStreamProvider(bytes)
                .build());
    }

    private static String text(HttpExecuteResponse response) throws IOException {
        return new String(response.responseBody().orElseThrow().readAllBytes(), ISO_8859_1);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var line = server.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(line));
            } catch (IOException e) {
                // the next one
            }
        }
    }

    /// One that ends with `!` ends the connection.
    private void serve(Socket line) {
        try (line) {
            var from = new BufferedInputStream(line.getInputStream());
            for (var answer = ""; !answer.endsWith("!") && isAsked(from); ) {
                answer = answers.remove();
                line.getOutputStream().write(answer.getBytes(ISO_8859_1));
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    private static boolean isAsked(BufferedInputStream from) throws IOException {
        var request = new StringBuilder();
        while (!request.toString().endsWith("\r\n\r\n" + (request.indexOf("HEAD ") == 0 ? "" : BYTES))) {
            var next = from.read();
            if (next < 0) {
                return false;
            }
            request.append((char) next);
        }
        return true;
    }
}
