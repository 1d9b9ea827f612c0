package entrepot.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;

/// JSON documents and contents of tests.
final class Documents {

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

    static String text(Content content) {
        return new String(bytes(content), UTF_8);
    }
}
