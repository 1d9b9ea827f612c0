package entrepot.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Netty's decoder, which joins folded header lines unseen, made to refuse them (RFC 9112, 5.2).
final class StrictRequestDecoder extends HttpRequestDecoder {

    /// Bodies are passed on as they were read from the socket, not cut into pieces.
    private static final int LONGEST_CHUNK = 1 << 20;

    private boolean inHead = true;
    private boolean folded;

    StrictRequestDecoder(HttpLimits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.requestLine())
                .setMaxHeaderSize(limits.headers())
                .setMaxChunkSize(LONGEST_CHUNK));
    }

    /// Netty consumes a head in whole lines and never reads past its end in the same call.
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        var from = in.readerIndex();
        var known = out.size();
        super.decode(context, in, out);
        folded |= inHead && hasFold(in, from, in.readerIndex());
        for (var message : out.subList(known, out.size())) {
            follow(message);
        }
    }

    private void follow(Object message) {
        if (message instanceof HttpRequest head) {
            if (folded) {
                head.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("folded header line")));
            }
            inHead = false;
            folded = false;
        }
        if (message instanceof LastHttpContent) {
            inHead = true;
        }
    }

    private static boolean hasFold(ByteBuf in, int from, int to) {
        for (int line = from; line < to; line++) {
            var first = in.getByte(line);
            if (first == HttpConstants.SP || first == HttpConstants.HT) {
                return true;
            }
            line = in.indexOf(line, to, HttpConstants.LF);
            if (line < 0) {
                return false;
            }
        }
        return false;
    }
}
