package entrepot.http;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {

    private static final Router ROUTER = Router.empty()
            .with(Router.exactly("GET", "/healthz"), request -> HttpResponse.of(200))
            .with(Router.under("/v2"), request -> HttpResponse.of(202))
            .with(Router.exactly("POST", "/"), request -> HttpResponse.of(201))
            .with(Router.under("/v2/later"), request -> HttpResponse.of(500));

    @ParameterizedTest
    @CsvSource({
        "GET, /healthz, 200",
        "HEAD, /healthz, 200",
        "POST, /healthz, 404",
        "GET, /healthz/, 404",
        "GET, /v2, 202",
        "PUT, /v2/, 202",
        "GET, /v2/later, 202",
        "GET, /v2a, 404",
        "POST, /, 201",
        "HEAD, /, 404",
        "GET, *, 404"
    })
    void the_first_route_that_takes_a_request_answers_it(String method, String path, int status) throws IOException {
        var request = new HttpRequest(
                method, path, "", HttpHeaders.EMPTY, Content.Bytes.EMPTY, new Client("127.0.0.1", false));

        assertThat(ROUTER.handle(request).status()).isEqualTo(status);
    }
}
