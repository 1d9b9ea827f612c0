package entrepot.http.vertx;

import entrepot.http.ClientGoneException;
import entrepot.http.HttpLimits;
import entrepot.http.MalformedBodyException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Takes the bodies of a connection's requests out of the stream of messages, so that the chunks reach whoever reads
/// them in the buffers the socket was read into, and nothing is read beyond the high-water mark.
///
/// Vert.x sees each request with an empty body. It would copy every chunk to the heap.
final class RequestBodies extends ChannelInboundHandlerAdapter implements BodyPipe.Gauge {

    private static final int HIGH_WATER = 256 << 10;
    private static final int LOW_WATER = 64 << 10;
    private static final int MOST_PIPELINED = 8;

    /// A request whose head has come.
    ///
    /// @param refusal the status to refuse it with, if it must not reach a handler
    record Incoming(BodyPipe body, OptionalInt refusal) {}

    private final Channel channel;
    private final Seat seat;
    private final BodyBytes all;
    private final StrictRequestDecoder decoder;
    private final AtomicLong held = new AtomicLong();
    private final Deque<Incoming> waiting = new ArrayDeque<>();
    private final Deque<Long> costs = new ArrayDeque<>(); // of the heads that are not answered
    private @Nullable BodyPipe filling;
    private @Nullable BodyPipe current;
    private volatile boolean paused;

    /// @param all what bodies hold on all connections
    RequestBodies(Channel channel, HttpLimits.Head limits, Seat seat, BodyBytes all) {
        this.channel = channel;
        this.seat = seat;
        this.all = all;
        this.decoder = new StrictRequestDecoder(limits, seat, this::pauseIfEnough);
    }

    /// Where the messages come from.
    StrictRequestDecoder decoder() {
        return decoder;
    }

    /// The request that Vert.x hands out now: it keeps the order.
    Incoming next() {
        var next = waiting.remove();
        current = next.body();
        adjustReading();
        if (!hasEnough()) {
            channel.eventLoop().execute(this::decodeOn);
        }
        return next;
    }

    private void decodeOn() {
        var context = channel.pipeline().context(decoder);
        if (context != null) {
            decoder.goOn(context);
        }
    }

    /// The oldest request that was not answered is so now.
    void answered() {
        var cost = costs.poll();
        if (cost != null) {
            seat.release(cost);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case HttpRequest head -> begin(context, head);
            case HttpContent content -> more(context, content);
            default -> context.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        var body = new BodyPipe(this);
        filling = body;
        var refusal = refusal(head);
        waiting.add(new Incoming(body, refusal));
        if (refusal.isPresent()) {
            beAnswerable(head);
        }
        context.fireChannelRead(head);
        adjustReading();
    }

    private OptionalInt refusal(HttpRequest head) {
        var isHeld = seat.hold(decoder.headCost());
        costs.add(isHeld ? decoder.headCost() : 0);
        var refusal = HeadRules.refusal(head);
        return refusal.isPresent() || isHeld ? refusal : HeadRules.NO_ROOM;
    }

    /// Vert.x would answer in the version that was asked for, and close before the client has read why.
    private static void beAnswerable(HttpRequest head) {
        head.setProtocolVersion(HttpVersion.HTTP_1_1);
        head.setDecoderResult(DecoderResult.SUCCESS);
    }

    private void more(ChannelHandlerContext context, HttpContent content) {
        var body = Objects.requireNonNull(filling, "a decoder gives a head before any content");
        var failure = content.decoderResult().cause();
        if (failure != null) {
            content.release();
            body.breakOff(() -> new MalformedBodyException(failure));
            return;
        }
        body.offer(content.content());
        if (content instanceof LastHttpContent) {
            body.end();
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        breakOff(filling);
        breakOff(current);
        waiting.forEach(request -> request.body().drain(0, () -> {}));
        context.fireChannelInactive();
    }

    private static void breakOff(@Nullable BodyPipe body) {
        if (body != null) {
            body.breakOff(() -> new ClientGoneException("the client closed the connection"));
        }
    }

    @Override
    public void added(int bytes) {
        all.add(bytes);
        held.addAndGet(bytes);
        adjustReading();
    }

    @Override
    public void waits(BodyPipe pipe) {
        all.waits(pipe);
    }

    @Override
    public void waitsNoMore(BodyPipe pipe) {
        all.waitsNoMore(pipe);
    }

    @Override
    public void removed(int bytes) {
        all.add(-bytes);
        var left = held.addAndGet(-bytes);
        if (paused && left <= LOW_WATER) {
            channel.eventLoop().execute(this::adjustReading);
        }
    }

    /// Vert.x sets the same switch for reasons of its own, hence the second look at it.
    private void adjustReading() {
        paused = isFull();
        if (paused) {
            paused = isFull(); // a reader that has emptied the pipe meanwhile did not see the pause
        }
        if (channel.config().isAutoRead() == paused) {
            channel.config().setAutoRead(!paused);
        }
    }

    private boolean isFull() {
        var bytes = held.get();
        return bytes > (paused ? LOW_WATER : HIGH_WATER) || (bytes > 0 && all.areMany()) || hasEnough();
    }

    private boolean pauseIfEnough() {
        if (hasEnough()) {
            adjustReading();
        }
        return hasEnough();
    }

    private boolean hasEnough() {
        return waiting.size() > MOST_PIPELINED;
    }
}
