package entrepot.upstream.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/// What a request is written to, in pieces of a buffer's size.
final class SocketOutput implements WritableByteChannel {

    private static final int BUFFER = 64 << 10;

    private final OutputStream out;
    private final @Nullable WriteWatch watch;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /// @param watch null where so little is written that it fits into the network's buffers
    SocketOutput(Socket socket, @Nullable WriteWatch watch) throws IOException {
        this.out = socket.getOutputStream();
        this.watch = watch;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        var count = from.remaining();
        while (from.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            var length = Math.min(buffer.remaining(), from.remaining());
            buffer.put(from.slice(from.position(), length));
            from.position(from.position() + length);
        }
        return count;
    }

    void flush() throws IOException {
        if (watch != null) {
            watch.begin();
        }
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
        if (watch != null) {
            watch.end();
        }
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // whoever has the connection closes it
    }
}
