package entrepot.http;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import org.junit.jupiter.api.Test;

class HttpRequestTest {

    @Test
    void its_text_holds_no_credential() {
        var headers = HttpHeaders.EMPTY.with("Authorization", "Basic QVdTOnRva2Vu");
        var request = new HttpRequest(
                "GET", "/v2/", "X-Amz-Signature=5d672d79", headers, Content.EMPTY, new Client("192.0.2.1", false));
        assertThat(request.toString()).contains("GET /v2/", "Authorization").doesNotContain("QVdTOnRva2Vu", "5d672d79");
    }
}
