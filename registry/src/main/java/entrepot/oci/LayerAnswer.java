package entrepot.oci;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.http.ByteRange;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.operation.layer.ReadLayer;
import java.util.Optional;

/// The bytes of a layer, or those of them that a `Range` asks for.
///
/// Source: OCI distribution specification, "Pulling blobs"; RFC 9110, 13 and 14.
record LayerAnswer(ReadLayer.Output output, String contentType) {

    HttpResponse to(HttpRequest request) {
        return Preconditions.unmet(request, output.digest()).orElseGet(() -> bytes(request));
    }

    /// To where the store itself gives the bytes, if it does.
    HttpResponse toStore(HttpRequest request) {
        var address = output.address();
        var digest = output.digest();
        return address == null
                ? to(request)
                : Preconditions.unmet(request, digest)
                        .orElseGet(() ->
                                Form.withDigest(HttpResponse.of(307).with("Location", address.toString()), digest));
    }

    private HttpResponse bytes(HttpRequest request) {
        var size = output.size();
        return switch (ByteRange.parse(range(request), size)) {
            case ByteRange.None _ -> of(200, output.bytes().open(0, size));
            case ByteRange.Satisfiable range ->
                of(206, output.bytes().open(range.from(), range.length()))
                        .with("Content-Range", range.contentRange(size));
            case ByteRange.Unsatisfiable _ -> unsatisfiable(size);
        };
    }

    /// Defined for GET alone (RFC 9110, 14.2).
    private Optional<String> range(HttpRequest request) {
        return request.headers()
                .first("Range")
                .filter(_ -> request.method().equals("GET"))
                .filter(_ -> Preconditions.allowsPart(request, output.digest()));
    }

    private HttpResponse of(int status, Content body) {
        return headers(status, output.digest(), contentType, body);
    }

    static HttpResponse headers(int status, Digest digest, String contentType, Content body) {
        var response = Form.withDigest(ContentTypes.inert(status).withBody(contentType, body), digest);
        return Preconditions.tagged(response, digest).with("Accept-Ranges", "bytes");
    }

    private static HttpResponse unsatisfiable(long size) {
        return new OciError(416, "UNSUPPORTED", "The layer has no bytes in the range asked for")
                .with("Content-Range", "bytes */" + size)
                .response();
    }
}
