package entrepot.aws.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.HexFormat;
import java.util.function.Consumer;

/// JSON documents and contents of tests.
public final class Documents {

    private Documents() {}

    static JsonSource of(String json) {
        return of(json.getBytes(UTF_8));
    }

    static JsonSource of(byte[] json) {
        return () -> new ByteArrayInputStream(json);
    }

    static byte[] bytes(Content content) {
        var bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static String text(Content content) {
        return new String(bytes(content), UTF_8);
    }

    /// In lower-case hex.
    static String sha256(Content content) {
        var sha256 = Digest.Algorithm.SHA256.newComputation();
        try {
            content.writeTo(new NullChannel(sha256::update));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /// Keeps nothing of what it is given.
    record NullChannel(Consumer<ByteBuffer> glance) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) {
            var count = bytes.remaining();
            glance.accept(bytes.duplicate());
            bytes.position(bytes.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /// Takes nothing.
    record FailingChannel(IOException failure) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            throw failure;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
