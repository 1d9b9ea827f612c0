package entrepot.operation.layer;

import entrepot.domain.Content;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/// Bytes whose number only their end tells, as of a chunked request.
record Streamed(Content bytes) implements Content {

    @Override
    public long length() {
        return -1;
    }

    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        bytes.writeTo(target);
    }
}
