package entrepot.operation.key.cryptography;

import entrepot.domain.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;

/// Reads the bytes of a member, which the model bounds to a few thousand.
final class Bytes {

    private Bytes() {}

    static byte[] of(Content content) {
        var bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
