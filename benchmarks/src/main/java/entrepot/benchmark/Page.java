package entrepot.benchmark;

import java.io.IOException;
import java.time.Duration;
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
        var asked = request.get();
        return () -> {
            var latencies = new Latencies();
            var answered = 0L;
            try (var connection = new HttpConnection(entrepot.address())) {
                var end = System.nanoTime() + ASKING.toNanos();
                for (var begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                    connection.exchange(asked, 200);
                    latencies.add(System.nanoTime() - begun);
                    answered++;
                }
            }
            return new Sample.Done(answered, latencies.p99());
        };
    }
}
