package entrepot.http.vertx;

import static java.nio.charset.StandardCharsets.US_ASCII;

import entrepot.http.HttpLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// Tells a client that speaks plain HTTP to a port of TLS why it gets nothing, and closes a connection of HTTP/2 on
/// which nothing ever begins.
final class TlsHandler extends SslHandler {

    /// Set once a connection has got beyond its handshake and its preface.
    static final AttributeKey<Boolean> BEGUN = AttributeKey.valueOf(TlsHandler.class, "begun");

    private static final byte[] REFUSAL = """
        HTTP/1.1 400 Bad Request\r
        Content-Type: text/plain\r
        Content-Length: 49\r
        Connection: close\r
        \r
        Client sent an HTTP request to an HTTPS server.\r
        """.getBytes(US_ASCII);

    private final Serving service;
    private boolean first = true;
    private boolean plain;
    private long reads;

    TlsHandler(SSLEngine engine, Executor tasks, Serving service) {
        super(engine, false, tasks);
        this.service = service;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        super.handlerAdded(context);
        Connection.seat(context.channel(), service.connections())
                .ifPresentOrElse(seat -> begin(context, seat), () -> close(context));
    }

    private void begin(ChannelHandlerContext context, Seat seat) {
        var _ = handshakeFuture().addListener(_ -> {
            if (ApplicationProtocolNames.HTTP_2.equals(applicationProtocol())) {
                context.pipeline().addAfter(context.name(), "heads", new HeadFrames(seat));
            }
            var _ = context.executor()
                    .schedule(() -> requireBeginning(context), pace().head().toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    private static void requireBeginning(ChannelHandlerContext context) {
        if (!context.channel().hasAttr(BEGUN)) {
            close(context);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws SSLException {
        reads++;
        if (first && in.isReadable()) {
            first = false;
            plain = isLetter(in.getByte(in.readerIndex()));
            if (plain) {
                refuse(context);
            }
        }
        if (plain) {
            in.skipBytes(in.readableBytes());
        } else {
            super.decode(context, in, out);
        }
    }

    /// No record of TLS begins so, and every method of HTTP does.
    private static boolean isLetter(byte first) {
        return first >= 'A' && first <= 'Z';
    }

    private void refuse(ChannelHandlerContext context) {
        var _ = context.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL)).addListener(_ -> linger(context));
    }

    private void linger(ChannelHandlerContext context) {
        Linger.begin(context.channel(), () -> reads, pace(), service.connections());
    }

    private HttpLimits.Pace pace() {
        return service.settings().limits().pace();
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }
}
