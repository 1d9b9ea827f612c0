package entrepot.http;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.Executor;

/// One client connection of HTTP/2, whose streams are answered each by itself.
///
/// Netty bounds how many streams there are at a time, how long their heads are, and how often a client may reset them;
/// see [HttpServer].
final class Http2Connection {

    private final SlowClientWatch watch;
    private final HttpSettings settings;
    private final HttpHandler handler;
    private final Executor executor;

    private Http2Connection(Channel channel, HttpSettings settings, HttpHandler handler, Executor executor) {
        this.watch = new SlowClientWatch(channel, settings.limits());
        this.settings = settings;
        this.handler = handler;
        this.executor = executor;
    }

    static void open(HttpServerConnection wire, HttpSettings settings, HttpHandler handler, Executor executor) {
        var channel = wire.channelHandlerContext().channel();
        var connection = new Http2Connection(channel, settings, handler, executor);
        wire.handler(connection::begin);
    }

    private void begin(HttpServerRequest request) {
        watch.busy();
        var stream = new Http2Stream(this, request);
        var exchange = new Exchange(stream, request, stream.body());
        HeadRules.refusalOfHttp2(request, settings.limits())
                .ifPresentOrElse(exchange::refuse, () -> executor.execute(exchange));
    }

    /// A stream has come to its end, in whatever way.
    void ended() {
        watch.answered();
    }

    HttpSettings settings() {
        return settings;
    }

    HttpHandler handler() {
        return handler;
    }
}
