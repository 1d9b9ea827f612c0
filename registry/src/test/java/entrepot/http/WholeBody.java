package entrepot.http;

import entrepot.domain.Content;
import entrepot.http.body.Bodies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;

/// Bodies as arrays.
public final class WholeBody {

    private WholeBody() {}

    public static byte[] read(Content body, int limit) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var _ = Bodies.receive(body, limit, Channels.newChannel(bytes));
        return bytes.toByteArray();
    }
}
