package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;

/// Reads answers as a client would.
final class Answered {

    private Answered() {}

    static byte[] bytes(HttpResponse response) {
        var bytes = new ByteArrayOutputStream();
        try {
            response.body().writeTo(Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String text(HttpResponse response) {
        return new String(bytes(response), UTF_8);
    }
}
