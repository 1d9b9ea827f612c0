package entrepot.store.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/// Bytes for a request, which can be read again when it is made again.
interface Body {

    /// In bytes.
    long length();

    InputStream read() throws IOException;

    /// Those of others, one after the other. Each is opened when the one before it has ended.
    static Body of(List<Body> bodies) {
        return bodies.size() == 1 ? bodies.getFirst() : new Joined(bodies);
    }

    /// Those of one array.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record InMemory(byte[] bytes) implements Body {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream read() {
            return new ByteArrayInputStream(bytes);
        }
    }

    /// Those of several.
    record Joined(List<Body> bodies) implements Body {
        @Override
        public long length() {
            return bodies.stream().mapToLong(Body::length).sum();
        }

        @Override
        public InputStream read() {
            return new SequenceInputStream(Collections.enumeration(
                    bodies.stream().<InputStream>map(Late::new).toList()));
        }
    }

    /// Opened by the first read.
    final class Late extends InputStream {
        private final Body body;
        private InputStream opened = InputStream.nullInputStream();
        private boolean isOpen;

        Late(Body body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            return opened().read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return opened().read(bytes, offset, length);
        }

        private InputStream opened() throws IOException {
            if (!isOpen) {
                opened = body.read();
                isOpen = true;
            }
            return opened;
        }

        @Override
        public void close() throws IOException {
            opened.close();
        }
    }
}
