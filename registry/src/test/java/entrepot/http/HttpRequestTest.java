package entrepot.http;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.domain.Origin;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpRequestTest {

    @Test
    void its_text_holds_no_credential() {
        var headers = HttpHeaders.EMPTY.with("Authorization", "Basic QVdTOnRva2Vu");
        var request = new HttpRequest(
                "GET",
                "/v2/",
                "X-Amz-Signature=5d672d79",
                headers,
                Content.Bytes.EMPTY,
                new Client("192.0.2.1", false));
        assertThat(request.toString()).contains("GET /v2/", "Authorization").doesNotContain("QVdTOnRva2Vu", "5d672d79");
    }

    @Test
    void it_tells_where_it_comes_from() {
        var headers = HttpHeaders.EMPTY.with("user-agent", "containerd/2.1");
        var request = new HttpRequest("GET", "/v2/", "", headers, Content.Bytes.EMPTY, new Client("192.0.2.1", true));
        var id = UUID.randomUUID();
        var origin = new AtomicReference<@Nullable Origin>();

        RequestContext.with(new RequestContext(id), () -> origin.set(request.origin()));

        assertThat(origin.get()).isEqualTo(new Origin("192.0.2.1", true, "containerd/2.1", id.toString()));
    }
}
