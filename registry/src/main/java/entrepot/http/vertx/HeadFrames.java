package entrepot.http.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Follows the frames of a connection of HTTP/2 (RFC 9113, 4.1 and 6.10), to count what is held of a head whose last
/// frame has not come. Changes nothing.
final class HeadFrames extends ChannelInboundHandlerAdapter {

    private static final int PREFACE = 24;
    private static final int FRAME_HEAD = 9;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private final Seat seat;
    private int payloadLeft = PREFACE;
    private int headSeen;
    private int length;
    private int type;
    private int flags;
    private long held;

    HeadFrames(Seat seat) {
        this.seat = seat;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            var before = held;
            follow(bytes);
            if (held != before && !seat.holdPart(held)) {
                Connection.cut(context.channel());
            }
        }
        context.fireChannelRead(message);
    }

    private void follow(ByteBuf bytes) {
        for (int at = bytes.readerIndex(); at < bytes.writerIndex(); ) {
            if (payloadLeft > 0) {
                var count = Math.min(payloadLeft, bytes.writerIndex() - at);
                at += count;
                ofPayload(count);
            } else {
                ofFrameHead(bytes.getUnsignedByte(at++));
            }
        }
    }

    private void ofFrameHead(int octet) {
        switch (headSeen++) {
            case 0, 1, 2 -> length = length << 8 | octet;
            case 3 -> type = octet;
            case 4 -> flags = octet;
            default -> {} // the stream
        }
        if (headSeen == FRAME_HEAD) {
            payloadLeft = length;
            length = 0;
            headSeen = 0;
            ofPayload(0);
        }
    }

    private void ofPayload(int count) {
        payloadLeft -= count;
        if (type == HEADERS || type == CONTINUATION) {
            held += count;
            if (payloadLeft == 0 && (flags & END_HEADERS) != 0) {
                held = 0;
            }
        }
    }
}
