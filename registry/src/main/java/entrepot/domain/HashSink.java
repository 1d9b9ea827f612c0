package entrepot.domain;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;

/// Takes bytes for nothing but their hash.
record HashSink(MessageDigest hash) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) {
        var count = bytes.remaining();
        hash.update(bytes);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
