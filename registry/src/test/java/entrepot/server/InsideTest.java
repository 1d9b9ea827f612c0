package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.http.HttpHandler;
import entrepot.http.HttpResponse;
import entrepot.upstream.wire.Request;
import entrepot.upstream.wire.Response;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/// Requests of this process itself.
class InsideTest {

    private static Response answer(HttpHandler handler) throws IOException {
        return new Inside(handler).send(Request.get(URI.create("http://localhost:5000/v2/?n=1")));
    }

    @Test
    void they_are_as_those_of_the_network() throws IOException {
        try (var answer = answer(request -> HttpResponse.of(201)
                .with("X-Called-As", request.calledAs().endpoint())
                .withText("text/plain", request.method() + " " + request.path() + " " + request.query()))) {
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("x-called-as")).contains("http://localhost:5000");
            assertThat(new String(answer.bytes(100), UTF_8)).isEqualTo("GET /v2/ n=1");
        }
    }

    @Test
    void bytes_that_cannot_be_read_are_told_as_what_they_are() {
        var cut = new IOException("a file ended early");

        assertThatThrownBy(() -> answer(_ -> {
                    throw cut;
                }))
                .isSameAs(cut);
    }

    @Test
    void a_registry_that_fails_is_a_failure_of_this_request() {
        assertThatThrownBy(() -> answer(_ -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken");
    }
}
