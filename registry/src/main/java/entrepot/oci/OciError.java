package entrepot.oci;

import entrepot.http.HttpHeaders;
import entrepot.http.HttpResponse;
import java.util.List;

/// One answer that tells what went wrong.
///
/// Source: OCI distribution specification, "Error Codes".
///
/// @param headers what the client needs to do better
record OciError(int status, String code, String message, HttpHeaders headers) {

    OciError(int status, String code, String message) {
        this(status, code, message, HttpHeaders.EMPTY);
    }

    OciError with(String name, String value) {
        return new OciError(status, code, message, headers.with(name, value));
    }

    HttpResponse response() {
        var body = OciJson.of(new Body(List.of(new Entry(code, message))));
        return new HttpResponse(status, headers, body).with("Content-Type", OciJson.TYPE);
    }

    private record Body(List<Entry> errors) {}

    private record Entry(String code, String message) {}
}
