package entrepot.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;

/// Ports of this machine's loopback.
final class Ports {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private Ports() {}

    /// One that nobody listens on, for servers that cannot choose by themselves.
    static InetSocketAddress free() throws IOException {
        try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
            return loopback(socket.getLocalPort());
        }
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(LOOPBACK, port);
    }

    static boolean answers(InetSocketAddress address) {
        try (var channel = SocketChannel.open(address)) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
