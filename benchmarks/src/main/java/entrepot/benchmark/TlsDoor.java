package entrepot.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/// Speaks TLS with a server for clients that speak none, so that the same clients measure both. Its own CPU is of the
/// process that measures, which nobody counts.
final class TlsDoor {
    private static final int WAITING = 256;

    private interface Passing {
        void run() throws IOException;
    }

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
        aside(door::open);
        return door;
    }

    InetSocketAddress address() {
        return Ports.loopback(door.getLocalPort());
    }

    private void open() throws IOException {
        while (true) {
            var client = door.accept();
            aside(() -> pass(client));
        }
    }

    private void pass(Socket client) throws IOException {
        try (client;
                var behind = trust.getSocketFactory().createSocket(server.getAddress(), server.getPort())) {
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            aside(() -> {
                try (client) {
                    behind.getInputStream().transferTo(client.getOutputStream());
                }
            });
            client.getInputStream().transferTo(behind.getOutputStream());
        }
    }

    private static void aside(Passing work) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // its client finds the connection closed
            }
        });
    }
}
