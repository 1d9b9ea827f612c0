package entrepot.http.vertx;

import entrepot.http.HttpHandler;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Optional;
import java.util.concurrent.Executor;

/// One client connection of HTTP/1.1. Vert.x hands out its requests one after the other, so answers keep their order.
final class Connection implements Carrier {

    /// Larger reads cost less on uploads; the allocator finds the size that the traffic needs.
    private static final int LARGEST_READ = 256 << 10;

    private static final AttributeKey<Seat> SEAT = AttributeKey.valueOf(Connection.class, "seat");

    private final Serving service;
    private final Channel channel;
    private final Seat seat;
    private final RequestBodies bodies;
    private final SlowClientWatch watch;
    private volatile boolean ending;

    private Connection(Serving service, Channel channel, Seat seat) {
        var limits = service.settings().limits();
        this.service = service;
        this.channel = channel;
        this.seat = seat;
        this.bodies = new RequestBodies(channel, limits.head(), seat, service.bodies());
        this.watch = new SlowClientWatch(channel, seat, limits.pace());
    }

    /// The connection's place among all, taken when it is asked for first; none if there is no room.
    static Optional<Seat> seat(Channel channel, OpenConnections all) {
        var known = channel.attr(SEAT).get();
        if (known != null) {
            return Optional.of(known);
        }
        var seat = all.enter(() -> channel.eventLoop().execute(() -> cut(channel)));
        seat.ifPresent(taken -> {
            channel.attr(SEAT).set(taken);
            var _ = channel.closeFuture().addListener(_ -> taken.leave());
        });
        return seat;
    }

    /// Puts our rules and our bodies into the pipeline that Vert.x has just built.
    static void open(HttpServerConnection wire, Serving service) {
        var channel = wire.channelHandlerContext().channel();
        channel.attr(TlsHandler.BEGUN).set(true);
        seat(channel, service.connections())
                .ifPresentOrElse(seat -> open(wire, service, channel, seat), () -> cut(channel));
    }

    private static void open(HttpServerConnection wire, Serving service, Channel channel, Seat seat) {
        if (channel.pipeline().get("httpDecoder") == null) {
            Http2Connection.open(wire, service, channel, seat);
            return;
        }
        var connection = new Connection(service, channel, seat);
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(1024, 8192, LARGEST_READ));
        channel.pipeline().replace("httpDecoder", "httpDecoder", connection.bodies.decoder());
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
        incoming.refusal().ifPresentOrElse(exchange::refuse, () -> start(exchange, request));
    }

    /// What may be answered at once is so when all of the request has been read.
    private void start(Exchange exchange, HttpServerRequest request) {
        var executor = executorOf(request);
        if (executor.equals(service.few())) {
            channel.eventLoop().execute(() -> {
                if (!exchange.isAnsweredAtOnce(executor)) {
                    executor.execute(exchange);
                }
            });
        } else {
            executor.execute(exchange);
        }
    }

    private Executor executorOf(HttpServerRequest request) {
        var headers = request.headers();
        var brings = headers.contains("Content-Length") || headers.contains("Transfer-Encoding");
        return service.executorOf(request.method(), brings);
    }

    @Override
    public HttpSettings settings() {
        return service.settings();
    }

    @Override
    public HttpHandler handler() {
        return service.handler();
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
        bodies.answered();
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
        if (channel.isActive()) {
            bodies.answered();
            seat.await();
            bodies.decoder().dropRest();
            channel.config().setAutoRead(true);
            Linger.begin(channel, bodies.decoder()::reads, settings().limits().pace(), service.connections());
        }
    }

    @Override
    public boolean isDraining() {
        return service.draining().getAsBoolean();
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
