package entrepot.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;

/// An answer. `Content-Length` is the body's; for a HEAD request the body is measured and not sent.
public record HttpResponse(int status, HttpHeaders headers, Content body) {

    public static HttpResponse of(int status) {
        return new HttpResponse(status, HttpHeaders.EMPTY, Content.Bytes.EMPTY);
    }

    public HttpResponse with(String name, String value) {
        return new HttpResponse(status, headers.with(name, value), body);
    }

    public HttpResponse withBody(String contentType, Content content) {
        return new HttpResponse(status, headers.with("Content-Type", contentType), content);
    }

    public HttpResponse withText(String contentType, String text) {
        return withBody(contentType, new Content.Bytes(text.getBytes(UTF_8)));
    }
}
