package entrepot;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/// The running registry.
public final class Server implements AutoCloseable {

    private final HttpServer http;

    private Server(HttpServer http) {
        this.http = http;
    }

    /// Returns when the server listens.
    public static Server start(Config config, DataFolder folder) throws IOException {
        if (folder.credentials().read().isEmpty()) {
            folder.credentials().write(new CredentialsFile.Credentials("AKIANOTAREALKEY", "not-a-secret"));
        }
        var http = HttpServer.create(new InetSocketAddress(config.host(), config.port()), 0);
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
        return new Server(http);
    }

    public int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
