package entrepot.aws.json;

import entrepot.domain.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Bodies of requests that do not come as they should.
final class OddBodies {

    private OddBodies() {}

    /// Nobody may read it.
    record Unreadable() implements Content {
        @Override
        public long length() {
            return 2;
        }

        @Override
        public void writeTo(WritableByteChannel target) {
            throw new AssertionError("the body was read");
        }
    }

    /// Ends when it is not wanted any more.
    record Endless(long length) implements Content {
        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            while (true) {
                target.write(ByteBuffer.allocate(1 << 20));
            }
        }
    }

    record Broken() implements Content {
        @Override
        public long length() {
            return 1 << 20;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            target.write(ByteBuffer.allocate(1 << 19));
            throw new IOException("gone");
        }
    }
}
