package entrepot.http.vertx;

import entrepot.http.HttpLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Netty's decoder, which joins folded header lines unseen, made to refuse them (RFC 9112, 5.2), to count what it holds
/// of a message that is not whole, and to begin no head while there are enough.
final class StrictRequestDecoder extends HttpRequestDecoder {

    /// Bodies are passed on as they were read from the socket, not cut into pieces.
    private static final int LONGEST_CHUNK = 1 << 20;

    private final Seat seat;
    private final BooleanSupplier enough;
    private boolean inHead = true;
    private boolean folded;
    private boolean stalled;
    private boolean over;
    private int bytes; // consumed since the last message
    private int lines;
    private long headCost;
    private long reads;

    /// @param enough whether no head should be begun; [#goOn] must follow
    StrictRequestDecoder(HttpLimits.Head limits, Seat seat, BooleanSupplier enough) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.requestLine())
                .setMaxHeaderSize(limits.bytes())
                .setMaxChunkSize(LONGEST_CHUNK)
                .setHeadersFactory(FewLines.upTo(limits.lines()))
                .setTrailersFactory(FewLines.upTo(limits.lines())));
        this.seat = seat;
        this.enough = enough;
    }

    /// What the head that was passed on last costs, as [Seat] counts.
    long headCost() {
        return headCost;
    }

    /// How often something was read.
    long reads() {
        return reads;
    }

    /// From now on whatever comes is dropped.
    void dropRest() {
        over = true;
    }

    /// Decodes what was left lying because there was enough.
    void goOn(ChannelHandlerContext context) {
        if (!stalled) {
            return;
        }
        try {
            channelRead(context, Unpooled.EMPTY_BUFFER);
            channelReadComplete(context);
        } catch (Exception e) {
            context.fireExceptionCaught(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        reads++;
        super.channelRead(context, message);
        var rest = internalBuffer();
        var kept = rest.isReadable() ? rest.capacity() : 0;
        if (!seat.holdPart(2L * bytes + 200L * lines + kept)) {
            Connection.cut(context.channel());
        }
    }

    /// Netty asks for more where nothing came of what was read, though reading is paused.
    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (stalled) {
            discardSomeReadBytes();
            context.fireChannelReadComplete();
        } else {
            super.channelReadComplete(context);
        }
    }

    /// Netty consumes a head in whole lines and never reads past its end in the same call.
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (over) {
            in.skipBytes(in.readableBytes());
            return;
        }
        stalled = inHead && enough.getAsBoolean();
        if (stalled) {
            return;
        }
        var from = in.readerIndex();
        var known = out.size();
        super.decode(context, in, out);
        count(in, from, in.readerIndex());
        for (var message : out.subList(known, out.size())) {
            follow(message);
        }
    }

    private void follow(Object message) {
        if (message instanceof HttpRequest head) {
            if (folded) {
                head.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("folded header line")));
            }
            headCost = Seat.costOf(bytes, lines);
            seat.forgetPart();
            inHead = false;
            folded = false;
        }
        if (message instanceof LastHttpContent) {
            inHead = true;
        }
        bytes = 0;
        lines = 0;
    }

    private void count(ByteBuf in, int from, int to) {
        bytes += to - from;
        if (!inHead) {
            return;
        }
        for (int at = from; at < to; at++) {
            var first = in.getByte(at);
            folded |= first == HttpConstants.SP || first == HttpConstants.HT;
            lines++;
            at = in.indexOf(at, to, HttpConstants.LF);
            if (at < 0) {
                return;
            }
        }
    }
}
