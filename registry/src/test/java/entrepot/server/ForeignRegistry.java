package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Another registry, as small as one can be that is pulled from. It counts what it is asked, and gives bad
/// answers where it is told to.
public final class ForeignRegistry implements AutoCloseable {

    /// How it answers one path.
    @FunctionalInterface
    public interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpServer http;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private volatile @Nullable Answer always;
    private volatile @Nullable String login;

    public ForeignRegistry() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::answer);
        answer("/v2/", status(200));
        http.start();
    }

    /// Its host and port.
    public String host() {
        return "localhost:" + http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            asked.computeIfAbsent(exchange.getRequestMethod() + " " + path, _ -> new AtomicInteger())
                    .incrementAndGet();
            var override = always;
            if (override != null) {
                override.give(exchange);
            } else if (isRefused(exchange)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"r\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                answers.getOrDefault(path, ForeignRegistry::absent).give(exchange);
            }
        }
    }

    private boolean isRefused(HttpExchange exchange) {
        var wanted = login;
        return wanted != null && !wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    static void absent(HttpExchange exchange) throws IOException {
        var body = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}".getBytes(UTF_8);
        exchange.sendResponseHeaders(404, body.length);
        exchange.getResponseBody().write(body);
    }

    public static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    /// Wants this user and password.
    void require(String user, String password) {
        login = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /// From now on all is answered so; null for as it is.
    public void answerAll(@Nullable Answer answer) {
        always = answer;
    }

    public void answer(String path, Answer answer) {
        answers.put(path, answer);
    }

    /// How often it was asked for something.
    public int asked(String method, String path) {
        var count = asked.get(method + " " + path);
        return count == null ? 0 : count.get();
    }

    public int askedAtAll() {
        return asked.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    static Answer bytes(String type, String digest, byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.getResponseHeaders().add("Docker-Content-Digest", digest);
            var isHead = exchange.getRequestMethod().equals("HEAD");
            if (isHead) {
                exchange.getResponseHeaders().add("Content-Length", Integer.toString(body.length));
            }
            exchange.sendResponseHeaders(200, isHead ? -1 : body.length == 0 ? -1 : body.length);
            if (!isHead) {
                exchange.getResponseBody().write(body);
            }
        };
    }

    /// Bytes that are said to be encoded, which nobody asked for.
    static Answer encoded(String coding, byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", coding);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    /// Half of what is announced, and no more, however often it is asked for.
    static Answer cut(byte[] body) {
        return exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
        };
    }

    /// Bytes without a length and without an end.
    static Answer endless() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[1 << 16]);
            }
        };
    }

    static Answer redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(307, -1);
        };
    }

    /// Half of it only when the latch is open.
    public static Answer slowly(byte[] body, CountDownLatch latch) {
        return exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.getResponseBody().write(body, body.length / 2, body.length - body.length / 2);
        };
    }

    String blob(String repository, byte[] bytes) {
        var digest = Manifests.digest(bytes);
        answer("/v2/%s/blobs/%s".formatted(repository, digest), bytes("application/octet-stream", digest, bytes));
        return digest;
    }

    String manifest(String repository, String type, String text, String... tags) {
        var bytes = text.getBytes(UTF_8);
        var digest = Manifests.digest(bytes);
        answer("/v2/%s/manifests/%s".formatted(repository, digest), bytes(type, digest, bytes));
        for (var tag : tags) {
            answer("/v2/%s/manifests/%s".formatted(repository, tag), bytes(type, digest, bytes));
        }
        return digest;
    }

    /// An image of so many layers of so many bytes each.
    public Image image(String repository, String note, int layers, int size, String... tags) {
        var all = IntStream.range(0, layers).mapToObj(i -> layer(note, i, size)).toList();
        all.forEach(layer -> blob(repository, layer));
        var config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"note\":\"" + note + "\"}").getBytes(UTF_8);
        blob(repository, config);
        var text = Manifests.image(
                Manifests.OCI,
                Manifests.descriptor(
                        "application/vnd.oci.image.config.v1+json", Manifests.digest(config), config.length),
                String.join(
                        ",",
                        all.stream()
                                .map(layer -> Manifests.descriptor(
                                        "application/vnd.oci.image.layer.v1.tar+gzip",
                                        Manifests.digest(layer),
                                        layer.length))
                                .toList()),
                "");
        var blobs = new ArrayList<>(all);
        blobs.add(config);
        return new Image(manifest(repository, Manifests.OCI, text, tags), text, blobs);
    }

    private static byte[] layer(String note, int number, int size) {
        var seed = HexFormat.of().parseHex(Manifests.digest(note + number).substring(7));
        var bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (seed[i % seed.length] + i / seed.length);
        }
        return bytes;
    }

    /// An image that is there.
    ///
    /// @param blobs its layers and its config
    public record Image(String digest, String text, List<byte[]> blobs) {
        public List<String> digests() {
            return blobs.stream().map(Manifests::digest).toList();
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
