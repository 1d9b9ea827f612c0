package entrepot.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import entrepot.http.HttpHeaders;
import entrepot.http.HttpResponse;
import java.util.List;

/// One answer that tells what went wrong.
///
/// Source: OCI distribution specification, "Error Codes".
///
/// @param detail what is wrong where the message does not say it; empty where that says all
/// @param headers what the client needs to do better
record OciError(int status, String code, String message, String detail, HttpHeaders headers) {

    OciError(int status, String code, String message) {
        this(status, code, message, "");
    }

    OciError(int status, String code, String message, String detail) {
        this(status, code, message, detail, HttpHeaders.EMPTY);
    }

    OciError with(String name, String value) {
        return new OciError(status, code, message, detail, headers.with(name, value));
    }

    /// The same, told otherwise.
    OciError as(int otherStatus, String otherCode) {
        return new OciError(otherStatus, otherCode, message, detail, headers);
    }

    /// The message alone.
    OciError unexplained() {
        return new OciError(status, code, message, "", headers);
    }

    HttpResponse response() {
        var body = OciJson.of(new Body(List.of(new Entry(code, message, detail))));
        return new HttpResponse(status, headers, body).with("Content-Type", OciJson.TYPE);
    }

    private record Body(List<Entry> errors) {}

    private record Entry(
            String code,
            String message,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String detail) {}
}
