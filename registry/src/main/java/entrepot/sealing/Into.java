package entrepot.sealing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// A channel into a buffer, which has room for all that is written.
record Into(ByteBuffer buffer) implements WritableByteChannel {

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        var count = bytes.remaining();
        if (count > buffer.remaining()) {
            throw new IOException("%d bytes more than were asked for".formatted(count - buffer.remaining()));
        }
        buffer.put(bytes);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
