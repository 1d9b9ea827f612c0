package entrepot.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.http.HttpRequest;
import entrepot.http.Query;
import entrepot.http.body.Bodies;
import entrepot.http.body.BodyTooLargeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Optional;

/// Reads forms as browsers send them.
final class Forms {

    private Forms() {}

    /// Empty if it is longer than so many bytes, or no form.
    static Optional<Query> read(HttpRequest request, int most) throws IOException {
        if (!request.headers().hasContentType("application/x-www-form-urlencoded")) {
            return Optional.empty();
        }
        var bytes = new ByteArrayOutputStream();
        try {
            Bodies.receive(request.body(), most, Channels.newChannel(bytes));
        } catch (BodyTooLargeException e) {
            return Optional.empty();
        }
        return Optional.of(Query.parse(bytes.toString(UTF_8)));
    }
}
