package entrepot.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A server that takes what is sent to it, and answers as it is told.
public final class Receiver implements AutoCloseable {

    public static final int OK = 204;

    private final HttpServer server;
    private final List<Message> all = new CopyOnWriteArrayList<>();
    private volatile Function<Message, Integer> answer = _ -> OK;
    private volatile Function<Message, String> words = _ -> "";

    /// What came.
    public record Message(Map<String, List<String>> headers, String path, String body) {
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    public URI url() {
        return URI.create(
                "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()));
    }

    /// Has it answer by this status from now on; none below 100 is ever sent.
    public void answer(Function<Message, Integer> status) {
        answer = status;
    }

    /// What it says besides.
    public void say(Function<Message, String> body) {
        words = body;
    }

    public List<Message> messages() {
        return List.copyOf(all);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var message = new Message(
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestURI().getPath(),
                    body);
            all.add(message);
            exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
            var said = words.apply(message).getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.apply(message), said.length == 0 ? -1 : said.length);
            if (said.length > 0) {
                exchange.getResponseBody().write(said);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
