package entrepot.http;

import java.io.IOException;

/// Answers requests, in plain blocking code on a virtual thread of its own.
@FunctionalInterface
public interface HttpHandler {

    /// Fails with an IOException if the client went away or its body broke off; there is nobody to answer then. Any
    /// other failure is one that was not foreseen, and answered 503 or 500 without a word.
    HttpResponse handle(HttpRequest request) throws IOException;

    /// Whether a request without a body may be answered without waiting for anything. Then it is tried so, in haste, on
    /// the thread that has read it: to wake another one takes as long as to answer.
    default boolean isQuick(HttpRequest request) {
        return false;
    }
}
