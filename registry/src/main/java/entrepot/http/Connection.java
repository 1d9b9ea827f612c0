package entrepot.http;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// One client connection of HTTP/1.1. Vert.x hands out its requests one after the other, so answers keep their order.
final class Connection implements Carrier {

    /// Larger reads cost less on uploads; the allocator finds the size that the traffic needs.
    private static final int LARGEST_READ = 256 << 10;

    /// How long a client may go on reading the answer after which its connection ends.
    private static final long LINGER_SECONDS = 1;

    private final Channel channel;
    private final RequestBodies bodies;
    private final SlowClientWatch watch;
    private final HttpSettings settings;
    private final HttpHandler handler;
    private final Executor executor;
    private volatile boolean ending;

    private Connection(Channel channel, HttpSettings settings, HttpHandler handler, Executor executor) {
        this.channel = channel;
        this.bodies = new RequestBodies(channel);
        this.watch = new SlowClientWatch(channel, settings.limits());
        this.settings = settings;
        this.handler = handler;
        this.executor = executor;
    }

    /// Puts our rules and our bodies into the pipeline that Vert.x has just built.
    static void open(HttpServerConnection wire, HttpSettings settings, HttpHandler handler, Executor executor) {
        var channel = wire.channelHandlerContext().channel();
        channel.attr(TlsHandler.BEGUN).set(true);
        if (channel.pipeline().get("httpDecoder") == null) {
            Http2Connection.open(wire, settings, handler, executor);
            return;
        }
        var connection = new Connection(channel, settings, handler, executor);
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(1024, 8192, LARGEST_READ));
        channel.pipeline().replace("httpDecoder", "httpDecoder", new StrictRequestDecoder(settings.limits()));
        channel.pipeline().addBefore("handler", "bodies", connection.bodies);
        wire.handler(connection::begin);
    }

    private void begin(HttpServerRequest request) {
        var incoming = bodies.next();
        if (ending) {
            incoming.body().drain(0, () -> {});
            return;
        }
        watch.busy();
        var exchange = new Exchange(this, request, incoming.body());
        incoming.refusal().ifPresentOrElse(exchange::refuse, () -> executor.execute(exchange));
    }

    @Override
    public HttpSettings settings() {
        return settings;
    }

    @Override
    public HttpHandler handler() {
        return handler;
    }

    @Override
    public void onEventLoop(Runnable work) {
        if (channel.eventLoop().inEventLoop()) {
            work.run();
        } else {
            channel.eventLoop().execute(work);
        }
    }

    @Override
    public void awaitNext() {
        watch.answered();
    }

    /// No request is handled any more, though the client may have sent some already.
    @Override
    public void announceEnd() {
        ending = true;
    }

    /// Ends the connection after an answer. What the client still sends is read for a while and dropped: closing on it
    /// at once would reset the connection, and the answer could be lost.
    @Override
    public void linger() {
        if (channel instanceof DuplexChannel duplex && channel.isActive()) {
            var _ = duplex.shutdownOutput();
            var _ = channel.eventLoop().schedule(() -> cut(channel), LINGER_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void cut() {
        if (isOpen()) {
            onEventLoop(() -> cut(channel));
        }
    }

    /// Vert.x would wait for the client to take the rest of the answer, hence past its handler.
    static void cut(Channel channel) {
        if (channel.isOpen()) {
            var _ = channel.pipeline().firstContext().close();
        }
    }
}
