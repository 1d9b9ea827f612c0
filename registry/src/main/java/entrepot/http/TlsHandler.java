package entrepot.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
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

    private static final long LINGER_SECONDS = 1;

    private final HttpLimits limits;
    private boolean first = true;
    private boolean plain;

    TlsHandler(SSLEngine engine, Executor tasks, HttpLimits limits) {
        super(engine, false, tasks);
        this.limits = limits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        super.handlerAdded(context);
        var _ = handshakeFuture().addListener(done -> {
            var _ = context.executor()
                    .schedule(
                            () -> requireBeginning(context),
                            limits.headTimeout().toNanos(),
                            TimeUnit.NANOSECONDS);
        });
    }

    private static void requireBeginning(ChannelHandlerContext context) {
        if (!context.channel().hasAttr(BEGUN)) {
            close(context);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws SSLException {
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

    private static void refuse(ChannelHandlerContext context) {
        var _ = context.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL)).addListener(_ -> linger(context));
    }

    /// Closing at once would reset the connection, and the answer could be lost.
    private static void linger(ChannelHandlerContext context) {
        if (context.channel() instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
        }
        var _ = context.executor().schedule(() -> close(context), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }
}
