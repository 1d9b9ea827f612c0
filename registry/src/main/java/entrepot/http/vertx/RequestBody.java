package entrepot.http.vertx;

import entrepot.domain.Incoming;
import entrepot.http.ClientGoneException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.LongAdder;

/// A request's body as its handler sees it. Can be written once; a second time would look like an empty body.
final class RequestBody implements Incoming {

    private final BodyPipe pipe;
    private final long length;
    private final Patience patience;
    private final Runnable invitation;
    private final LongAdder taken;
    private boolean isTaken;

    /// @param invitation sends `100 Continue` if the client waits for that, else does nothing
    /// @param taken counts the bytes that are read
    RequestBody(BodyPipe pipe, long length, Patience patience, Runnable invitation, LongAdder taken) {
        this.pipe = pipe;
        this.length = length;
        this.patience = patience;
        this.invitation = invitation;
        this.taken = taken;
    }

    @Override
    public long length() {
        return length;
    }

    /// The target gets the very buffers that the socket was read into, and must be done with each when it returns.
    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        if (isTaken) {
            throw new IllegalStateException("a request's body can be read once only");
        }
        isTaken = true;
        invitation.run();
        for (var chunk = pipe.take(patience); chunk != null; chunk = pipe.take(patience)) {
            taken.add(chunk.readableBytes());
            write(chunk, target);
        }
    }

    /// As if the client had closed the connection, which [Exchange] then does.
    @Override
    public void breakOff() {
        pipe.breakOff(() -> new ClientGoneException("a newer request of the client takes the place of this one"));
    }

    private static void write(ByteBuf chunk, WritableByteChannel target) throws IOException {
        try {
            for (var buffer : chunk.nioBuffers()) {
                while (buffer.hasRemaining()) {
                    target.write(buffer);
                }
            }
        } finally {
            chunk.release();
        }
    }
}
