package entrepot.http.vertx;

import entrepot.domain.Asker;
import entrepot.domain.Haste;
import entrepot.domain.RegistryException;
import entrepot.domain.StoredManifest;
import entrepot.http.Client;
import entrepot.http.ClientGoneException;
import entrepot.http.HeldContent;
import entrepot.http.HttpHeaders;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.MalformedBodyException;
import entrepot.http.RequestContext;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its answer. Runs on a virtual thread of its own.
final class Exchange implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /// Bytes of an unread body that are read and dropped to keep the connection.
    private static final long DRAIN_LIMIT = 1 << 20;

    private final Carrier connection;
    private final HttpServerRequest request;
    private final BodyPipe body;
    private volatile boolean continueDue;
    private @Nullable HttpRequest parsed;

    // on the event loop
    private boolean answered;
    private boolean overrun;

    Exchange(Carrier connection, HttpServerRequest request, BodyPipe body) {
        this.connection = connection;
        this.request = request;
        this.body = body;
        this.continueDue = waitsForContinue(request);
    }

    @Override
    public void run() {
        with(new RequestContext(id()), () -> answer(this::send));
    }

    private void with(RequestContext context, Runnable work) {
        RequestContext.with(context, () -> Asker.during(connection::isOpen, work));
    }

    /// On the event loop. Says whether it is answered; if not, nothing has been done, and [#run] must follow.
    ///
    /// @param later has time for an answer that turns out to have to wait for its client
    boolean isAnsweredAtOnce(Executor later) {
        if (!isQuick()) {
            return false;
        }
        try {
            var context = new RequestContext(id());
            Haste.during(() -> with(
                    context,
                    () -> answer((response, last) -> {
                        if (Answer.isAtHand(response.body())) {
                            send(response, last);
                        } else {
                            later.execute(() -> with(context, () -> sendOrFail(response, last)));
                        }
                    })));
            return true;
        } catch (Haste.Late e) {
            return false;
        }
    }

    private boolean isQuick() {
        try {
            return connection.handler().isQuick(parsed());
        } catch (RuntimeException e) { // which comes again where it is told
            return false;
        }
    }

    /// Unlike any other, and no secret (RFC 9562, 5.4).
    private static UUID id() {
        var random = ThreadLocalRandom.current();
        return new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    /// Refuses without a handler, and ends the connection: the client's next bytes cannot be trusted.
    void refuse(int status) {
        LOG.debug("{} is refused with {}", request.remoteAddress(), status);
        try {
            send(HttpResponse.of(status), true);
        } catch (IOException e) {
            connection.cut();
        }
    }

    private interface Sending {
        void send(HttpResponse response, boolean last) throws IOException;
    }

    private void answer(Sending sending) {
        try {
            var response = connection.handler().handle(parsed());
            sending.send(response, !mayGoOn() || endsByClosing(response) || connection.isDraining());
        } catch (Exception | Error e) {
            if (e instanceof Haste.Late late && Haste.isHere()) {
                throw late;
            }
            fail(e);
        }
    }

    private void sendOrFail(HttpResponse response, boolean last) {
        try {
            send(response, last);
        } catch (Exception | Error e) {
            fail(e);
        }
    }

    private HttpRequest parsed() {
        if (parsed == null) {
            parsed = parse();
        }
        return parsed;
    }

    private HttpRequest parse() {
        var headers = headers();
        var target = RequestTarget.parse(request.uri(), headers.first("Host").orElse(null))
                .orElseThrow();
        var peer = new Client(request.remoteAddress().hostAddress(), request.isSSL());
        var proxies = connection.settings().proxies();
        var patience = Patience.of(connection.settings().limits().pace());
        var taken = connection.settings().traffic().in();
        return new HttpRequest(
                request.method().name(),
                target.path(),
                target.query(),
                proxies.headers(peer, headers),
                new RequestBody(body, announcedLength(), patience, this::sendContinue, taken),
                proxies.client(peer, headers));
    }

    private HttpHeaders headers() {
        var headers = new HttpHeaders(request.headers().entries().stream()
                .map(line -> new HttpHeaders.Line(line.getKey(), line.getValue()))
                .toList());
        return request.version() == HttpVersion.HTTP_2
                ? headers.without("Host").with("Host", String.valueOf(request.authority()))
                : headers;
    }

    /// Clients of HTTP/1.0 cannot (RFC 9110, 10.1.1).
    private static boolean waitsForContinue(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_1_0 && request.headers().contains("Expect");
    }

    private long announcedLength() {
        var length = request.getHeader("Content-Length");
        if (length != null) {
            return Long.parseLong(length);
        }
        return request.headers().contains("Transfer-Encoding") || request.version() == HttpVersion.HTTP_2 ? -1 : 0;
    }

    private void sendContinue() {
        if (continueDue) {
            continueDue = false;
            request.response().writeContinue();
        }
    }

    /// Whether the rest of the body is small enough to be dropped. A client that still waits for `100 Continue` may
    /// send its body or not: only a new connection makes that clear (RFC 9110, 10.1.1).
    private boolean mayGoOn() {
        return body.hasEnded() || (!continueDue && announcedLength() - body.received() <= DRAIN_LIMIT);
    }

    /// HTTP/1.0 has no chunks.
    private boolean endsByClosing(HttpResponse response) {
        return request.version() == HttpVersion.HTTP_1_0 && response.body().length() < 0;
    }

    private void fail(Throwable failure) {
        var broken = body.brokenBy().orElse(null);
        if (broken instanceof MalformedBodyException && !request.response().headWritten()) {
            refuse(400);
        } else if (broken != null || failure instanceof ClientGoneException || !connection.isOpen()) {
            LOG.debug("{} went away", request.remoteAddress(), failure);
            connection.cut();
        } else if (failure instanceof StoredManifest.Gone || failure instanceof RegistryException) {
            LOG.debug("{} could not be answered now", request.path(), failure);
            excuse(503);
        } else {
            LOG.error(
                    "{} {} failed, request {}",
                    request.method(),
                    request.path(),
                    RequestContext.current().id(),
                    failure);
            excuse(500);
        }
    }

    /// Surfaces word their own errors; this is for what they did not foresee.
    private void excuse(int status) {
        if (request.response().headWritten()) {
            connection.cut();
            return;
        }
        request.response().headers().clear();
        try {
            send(HttpResponse.of(status), !mayGoOn());
        } catch (IOException e) {
            connection.cut();
        }
    }

    private void send(HttpResponse response, boolean last) throws IOException {
        if (last) {
            connection.announceEnd();
        }
        body.drain(DRAIN_LIMIT, () -> connection.onEventLoop(this::overrun));
        write(response, last).onComplete(written -> {
            release(response);
            connection.onEventLoop(() -> finish(written, last));
        });
    }

    private static void release(HttpResponse response) {
        if (response.body() instanceof HeldContent held) {
            held.release();
        }
    }

    private Future<Void> write(HttpResponse response, boolean last) throws IOException {
        try {
            var settings = connection.settings();
            var patience = settings.limits().pace().idle();
            return new Answer(request, response, last, patience, settings).write();
        } catch (IOException | RuntimeException | Error e) {
            release(response);
            throw e;
        }
    }

    private void finish(AsyncResult<Void> written, boolean last) {
        if (written.failed()) {
            connection.cut();
        } else if (last || overrun) {
            connection.linger();
        } else {
            answered = true;
            connection.awaitNext();
        }
    }

    private void overrun() {
        overrun = true;
        if (answered) {
            connection.linger();
        }
    }
}
