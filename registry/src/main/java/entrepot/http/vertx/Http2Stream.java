package entrepot.http.vertx;

import entrepot.http.ClientGoneException;
import entrepot.http.HttpHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.util.concurrent.atomic.AtomicLong;

/// One request of HTTP/2. While its pipe is full it takes nothing from Vert.x, so that the window that the client may
/// send into is not opened again.
final class Http2Stream implements Carrier, BodyPipe.Gauge {

    private static final int HIGH_WATER = 256 << 10;
    private static final int LOW_WATER = 64 << 10;

    /// Of RFC 9113, 7: what the client still sends is not wanted, though nothing is wrong.
    private static final long NO_ERROR = 0;

    private static final long INTERNAL_ERROR = 2;

    private final Http2Connection connection;
    private final HttpServerRequest request;
    private final long cost;
    private final HttpServerResponse wire;
    private final ContextInternal context;
    private final BodyPipe body = new BodyPipe(this);
    private final AtomicLong held = new AtomicLong();
    private volatile boolean open = true;
    private volatile boolean paused;

    /// @param cost of the head, as it is held
    Http2Stream(Http2Connection connection, HttpServerRequest request, long cost) {
        this.connection = connection;
        this.request = request;
        this.cost = cost;
        this.wire = request.response();
        this.context = ((HttpServerRequestInternal) request).context();
        request.handler(this::take);
        request.endHandler(_ -> body.end());
        request.exceptionHandler(_ -> close());
        wire.exceptionHandler(_ -> close());
        wire.closeHandler(_ -> close());
        wire.endHandler(_ -> endOnce());
    }

    private void take(Buffer chunk) {
        body.offer(((BufferInternal) chunk).getByteBuf());
    }

    BodyPipe body() {
        return body;
    }

    private void close() {
        endOnce();
        body.breakOff(() -> new ClientGoneException("the client closed the stream"));
    }

    private void endOnce() {
        if (open) {
            open = false;
            connection.ended(cost);
        }
    }

    @Override
    public void added(int bytes) {
        connection.bodies().add(bytes);
        if (held.addAndGet(bytes) > HIGH_WATER || connection.bodies().areMany()) {
            paused = true;
            onEventLoop(this::adjustReading);
        }
    }

    @Override
    public void waits(BodyPipe pipe) {
        connection.bodies().waits(pipe);
    }

    @Override
    public void waitsNoMore(BodyPipe pipe) {
        connection.bodies().waitsNoMore(pipe);
    }

    @Override
    public void removed(int bytes) {
        connection.bodies().add(-bytes);
        if (held.addAndGet(-bytes) <= LOW_WATER && paused) {
            onEventLoop(this::adjustReading);
        }
    }

    /// Looks again at what is held, since the other side may have moved meanwhile.
    private void adjustReading() {
        if (request.isEnded()) {
            return;
        }
        paused = held.get() > LOW_WATER;
        if (paused) {
            request.pause();
        } else {
            request.resume();
        }
    }

    @Override
    public HttpSettings settings() {
        return connection.settings();
    }

    @Override
    public HttpHandler handler() {
        return connection.handler();
    }

    @Override
    public void onEventLoop(Runnable work) {
        context.execute(work);
    }

    @Override
    public void awaitNext() {}

    @Override
    public void announceEnd() {}

    @Override
    public void linger() {
        if (!body.hasEnded()) {
            wire.reset(NO_ERROR);
        }
    }

    /// Its connection is told to go away when the server stops.
    @Override
    public boolean isDraining() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void cut() {
        wire.reset(INTERNAL_ERROR);
    }
}
