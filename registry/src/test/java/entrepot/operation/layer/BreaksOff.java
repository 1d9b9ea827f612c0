package entrepot.operation.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Brings some bytes, as a client does whose connection is then cut.
record BreaksOff(String text) implements Content {

    @Override
    public long length() {
        return -1;
    }

    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        target.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        throw new IOException("broke off");
    }
}
