package entrepot.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The way to a server, which can be cut, and counts how often somebody asked and was answered.
public final class Line implements Closeable {

    private volatile InetSocketAddress server;
    private final ServerSocket here;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final Set<Socket> doomed = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean stalled;

    /// Leads to a server on this machine.
    ///
    /// @param port of the server
    public Line(int port) {
        server = at(port);
        try {
            here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /// Leads to another one from the next connection on.
    public void leadTo(int port) {
        server = at(port);
    }

    /// How many bytes were sent to the server.
    public long asked() {
        return asked.get();
    }

    public int port() {
        return here.getLocalPort();
    }

    /// How often the direction changed from answers to questions.
    public long roundTrips() {
        return roundTrips.get();
    }

    /// Ends all connections, and takes no more of them.
    public void cut() {
        cut = true;
        stalled = false;
        open.forEach(Line::end);
    }

    /// Ends each connection that is open now, in the moment when something comes over it.
    public void endWhenUsed() {
        doomed.addAll(open);
    }

    /// How many connections are open.
    public int connections() {
        return open.size() / 2;
    }

    /// Takes everything, and lets nothing through until it is mended or cut.
    public void stall() {
        stalled = true;
    }

    public void mend() {
        cut = false;
        stalled = false;
    }

    private void awaitFlow() throws IOException {
        try {
            while (stalled) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void accept() {
        while (!here.isClosed()) {
            try {
                connectOrEnd(here.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    /// Where nobody listens there the client is told so, and the next one may be luckier.
    private void connectOrEnd(Socket client) throws IOException {
        if (cut) {
            end(client);
            return;
        }
        try {
            connect(client);
        } catch (IOException e) {
            end(client);
        }
    }

    private void connect(Socket client) throws IOException {
        var upstream = new Socket();
        upstream.connect(server);
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        open.add(client);
        open.add(upstream);
        if (cut) { // since it was looked
            end(client);
        }
        var turn = new Turn();
        Thread.ofVirtual().start(() -> pump(client, upstream, turn, true));
        Thread.ofVirtual().start(() -> pump(upstream, client, turn, false));
    }

    /// Who spoke last on one connection.
    private final class Turn {
        private boolean asked;

        synchronized void spoke(boolean asks) {
            if (asks && !asked) {
                roundTrips.incrementAndGet();
            }
            asked = asks;
        }
    }

    private void pump(Socket from, Socket to, Turn turn, boolean asks) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var buffer = new byte[64 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                awaitFlow();
                if (doomed.contains(from)) {
                    return;
                }
                turn.spoke(asks);
                if (asks) {
                    asked.addAndGet(n);
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException cutOff) {
            // which both ends see
        } finally {
            open.remove(from);
            open.remove(to);
            doomed.remove(from);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // which is what was wanted
        }
    }

    @Override
    public void close() throws IOException {
        here.close();
        cut();
    }
}
