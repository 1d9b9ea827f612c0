package entrepot.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;

/// Speaks TLS with a server for clients that speak none, so that the same clients measure both. Its own CPU is of the
/// process that measures, which nobody counts.
final class TlsDoor {
    private static final int WAITING = 256;

    private final InetSocketAddress server;
    private final SSLContext trust;
    private final ServerSocket door;

    private TlsDoor(InetSocketAddress server, SSLContext trust, ServerSocket door) {
        this.server = server;
        this.trust = trust;
        this.door = door;
    }

    static TlsDoor before(InetSocketAddress server, SSLContext trust) throws IOException {
        var door = new TlsDoor(server, trust, new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress()));
        aside(() -> {
            door.open();
            return null;
        });
        return door;
    }

    InetSocketAddress address() {
        return Ports.loopback(door.getLocalPort());
    }

    private void open() throws IOException {
        while (true) {
            var client = door.accept();
            aside(() -> {
                pass(client);
                return null;
            });
        }
    }

    private void pass(Socket client) throws IOException {
        try (client;
                var behind = trust.getSocketFactory().createSocket(server.getAddress(), server.getPort())) {
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            aside(() -> {
                try (client) {
                    return behind.getInputStream().transferTo(client.getOutputStream());
                }
            });
            client.getInputStream().transferTo(behind.getOutputStream());
        }
    }

    /// A connection that breaks off is closed to its client, who tells what it was about.
    private static void aside(Callable<?> work) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                work.call();
            } catch (Exception e) {
                if (!(e instanceof IOException)) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }
}
