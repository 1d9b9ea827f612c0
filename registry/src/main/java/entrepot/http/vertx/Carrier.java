package entrepot.http.vertx;

import entrepot.http.HttpHandler;

/// What carries one request and its answer: a connection of HTTP/1.1, or a stream of HTTP/2.
interface Carrier {

    HttpSettings settings();

    HttpHandler handler();

    /// For what touches the carrier's own state.
    void onEventLoop(Runnable work);

    /// The answer is written, and the next request may come.
    void awaitNext();

    /// No request is handled after this one.
    void announceEnd();

    /// Ends the carrier after an answer, although the client may still be sending.
    void linger();

    boolean isOpen();

    /// Whether it ends with the next answer, though nothing is wrong with it.
    boolean isDraining();

    /// Closes without waiting for what is still to be written.
    void cut();
}
