package entrepot.oci;

import entrepot.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/// Media types that whoever pushed a manifest chose, as header values.
final class ContentTypes {

    private static final String BYTES = "application/octet-stream";

    private ContentTypes() {}

    /// Bytes that no manifest has named yet are just bytes.
    static String of(@Nullable String mediaType) {
        return mediaType == null ? BYTES : mediaType;
    }

    /// The beginning of an answer with pushed bytes. They may say that they are a page or a script, and come from the
    /// same address as the console, so no browser may believe or run them.
    static HttpResponse inert(int status) {
        return HttpResponse.of(status)
                .with("X-Content-Type-Options", "nosniff")
                .with("Content-Security-Policy", "default-src 'none'; sandbox");
    }
}
