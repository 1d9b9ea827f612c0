package entrepot.http.vertx;

import entrepot.http.HttpHandler;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;

/// One client connection of HTTP/2, whose streams are answered each by itself.
///
/// Netty bounds how many streams there are at a time, how long their heads are, and how often a client may reset them;
/// see [HttpServer].
final class Http2Connection {

    private final Serving service;
    private final Seat seat;
    private final SlowClientWatch watch;

    private Http2Connection(Serving service, Channel channel, Seat seat) {
        this.service = service;
        this.seat = seat;
        this.watch =
                new SlowClientWatch(channel, seat, service.settings().limits().pace());
    }

    static void open(HttpServerConnection wire, Serving service, Channel channel, Seat seat) {
        var connection = new Http2Connection(service, channel, seat);
        wire.handler(connection::begin);
    }

    private void begin(HttpServerRequest request) {
        watch.busy();
        var cost = costOf(request);
        var isHeld = seat.hold(cost);
        var stream = new Http2Stream(this, request, isHeld ? cost : 0);
        var exchange = new Exchange(stream, request, stream.body());
        var refusal = HeadRules.refusalOfHttp2(request, settings().limits().head());
        (refusal.isPresent() || isHeld ? refusal : HeadRules.NO_ROOM)
                .ifPresentOrElse(
                        exchange::refuse,
                        () -> service.executorOf(request.method(), !request.isEnded())
                                .execute(exchange));
    }

    private static long costOf(HttpServerRequest request) {
        var lines = request.headers().entries();
        var target = request.uri() == null ? 0 : request.uri().length();
        return Seat.costOf(target + HeadRules.bytesOf(lines), lines.size());
    }

    /// A stream has come to its end, in whatever way.
    ///
    /// @param cost of its head
    void ended(long cost) {
        seat.release(cost);
        watch.answered();
    }

    HttpSettings settings() {
        return service.settings();
    }

    HttpHandler handler() {
        return service.handler();
    }

    BodyBytes bodies() {
        return service.bodies();
    }
}
