package entrepot.upstream.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Sends requests to foreign servers, each on a connection of its own meanwhile. Those of before are used again for
/// some seconds.
public final class Connections implements Sender, AutoCloseable {

    private static final long IDLE = Duration.ofSeconds(4).toNanos();
    private static final int KEPT = 32;
    private static final int ORIGINS = 1_000;

    private final Targets targets;
    private final Trust trust;
    private final Timing timing;
    private final Map<Origin, Deque<Connection>> idle = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    public Connections(Targets targets, Trust trust, Timing timing) {
        this.targets = targets;
        this.trust = trust;
        this.timing = timing;
    }

    public Targets targets() {
        return targets;
    }

    Timing timing() {
        return timing;
    }

    /// Sends it and waits until an answer begins, whatever its status. Redirects are not followed.
    ///
    /// @throws ForbiddenTargetException if its host may not be connected to
    /// @throws MalformedAnswerException if the answer is none
    /// @throws IOException if there is no connection, or it breaks off, or takes too long
    @Override
    public Response send(Request request) throws IOException {
        var origin = Origin.of(request.url());
        var known = request.isRepeatable() ? take(origin) : null;
        return known == null ? send(request, open(origin)) : again(request, known);
    }

    /// A server may close a connection at the very moment when it is used again; then nobody has seen the request.
    private Response again(Request request, Connection known) throws IOException {
        try {
            return send(request, known);
        } catch (EOFException | SocketException | SSLException e) {
            return send(request, open(known.origin()));
        }
    }

    private static Response send(Request request, Connection connection) throws IOException {
        try {
            return connection.send(request);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private @Nullable Connection take(Origin origin) {
        var kept = idle.getOrDefault(origin, new ConcurrentLinkedDeque<>());
        for (var next = kept.pollFirst(); next != null; next = kept.pollFirst()) {
            if (!isOld(next)) {
                return next;
            }
            next.close();
        }
        return null;
    }

    void keep(Connection connection) {
        var kept = idle.computeIfAbsent(connection.origin(), _ -> new ConcurrentLinkedDeque<>());
        kept.addFirst(connection);
        if (isClosed || kept.size() > KEPT) {
            var last = kept.pollLast();
            if (last != null) {
                last.close();
            }
        }
        sweep();
    }

    /// What nobody asked for in time goes, also where nobody comes again.
    private void sweep() {
        for (var kept : idle.values()) {
            for (var last = kept.peekLast(); last != null && isOld(last); last = kept.peekLast()) {
                if (kept.remove(last)) {
                    last.close();
                }
            }
        }
        if (idle.size() > ORIGINS) {
            idle.values().removeIf(Deque::isEmpty);
        }
    }

    private static boolean isOld(Connection connection) {
        return System.nanoTime() - connection.idleSince() >= IDLE;
    }

    private Connection open(Origin origin) throws IOException {
        var end = System.nanoTime() + timing.connect().toNanos();
        IOException failure = new IOException("no address of %s answers".formatted(origin));
        for (var address : targets.addresses(origin, timing.connect())) {
            try {
                return open(origin, address, end);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Connection open(Origin origin, InetAddress address, long end) throws IOException {
        var plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(address, origin.port()), millis(end));
            plain.setSoTimeout(millis(end));
            return new Connection(origin, origin.isSecure() ? secured(plain, origin) : plain, plain, this);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static int millis(long end) {
        return (int) Math.max(1, (end - System.nanoTime()) / 1_000_000);
    }

    private Socket secured(Socket plain, Origin origin) throws IOException {
        var socket = (SSLSocket) trust.sockets().createSocket(plain, origin.host(), origin.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /// Of what waits for another request. Those under way end by themselves.
    @Override
    public void close() {
        isClosed = true;
        idle.values().forEach(kept -> kept.forEach(Connection::close));
    }
}
