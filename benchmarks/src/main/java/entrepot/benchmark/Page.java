package entrepot.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// One page of a list of Entrepot's, asked for again and again.
///
/// @param name says among how many others it is
/// @param request makes the whole request, with a fresh signature
record Page(String name, EntrepotServer entrepot, Supplier<byte[]> request) implements Contender {
    private static final Duration ASKING = Duration.ofMillis(700);

    @Override
    public ServerProcess server() {
        return entrepot.server();
    }

    String text() throws IOException {
        try (var connection = new HttpConnection(entrepot.address())) {
            connection.send(request.get());
            return connection.receiveText();
        }
    }

    Sample.Load load() {
        return new Asking(entrepot.address(), List.of(request.get()), 200, ASKING);
    }
}
