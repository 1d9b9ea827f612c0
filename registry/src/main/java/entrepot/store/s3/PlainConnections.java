package entrepot.store.s3;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Connections to S3 without TLS: some are kept for the next request, and those that are silent for too long are ended.
final class PlainConnections implements Closeable {

    private static final int CONNECTS_WITHIN = 5_000;
    private static final int HTTP = 80;
    private static final int KEPT = 16;

    /// Less than servers keep a connection that nobody uses.
    private static final Duration KEPT_FOR = Duration.ofSeconds(3);

    private static final Duration LOOKS_EACH = Duration.ofSeconds(1);

    private final URI address;
    private final Duration patience;
    private final ConcurrentLinkedDeque<PlainConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final Set<PlainConnection> busy = ConcurrentHashMap.newKeySet();
    private final Thread watch;

    /// @param patience how long a server may be silent
    PlainConnections(URI address, Duration patience) {
        this.address = address;
        this.patience = patience;
        this.watch = Thread.ofVirtual().name("s3-silence").start(this::watch);
    }

    PlainConnection connected() throws IOException {
        var channel = SocketChannel.open();
        try {
            var port = address.getPort() < 0 ? HTTP : address.getPort();
            channel.socket().connect(new InetSocketAddress(address.getHost(), port), CONNECTS_WITHIN);
            channel.socket().setTcpNoDelay(true);
            return taken(new PlainConnection(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// One that was kept, and that the server has not ended meanwhile.
    @Nullable
    PlainConnection kept() {
        for (var next = idle.pollLast(); next != null; next = idle.pollLast()) {
            kept.decrementAndGet();
            if (next.isYoung(KEPT_FOR) && next.isQuiet()) {
                return taken(next);
            }
            next.close();
        }
        return null;
    }

    private PlainConnection taken(PlainConnection connection) {
        busy.add(connection);
        return connection;
    }

    /// Its answer was read to the end.
    void keep(PlainConnection connection) {
        busy.remove(connection);
        if (kept.incrementAndGet() <= KEPT) {
            connection.rests();
            idle.addLast(connection);
        } else {
            kept.decrementAndGet();
            connection.close();
        }
    }

    void end(PlainConnection connection) {
        busy.remove(connection);
        connection.close();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOKS_EACH);
                busy.forEach(connection -> connection.endSilence(patience));
                idle.forEach(this::endOld);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void endOld(PlainConnection connection) {
        if (!connection.isYoung(KEPT_FOR) && idle.remove(connection)) {
            kept.decrementAndGet();
            connection.close();
        }
    }

    @Override
    public void close() {
        watch.interrupt();
        idle.forEach(PlainConnection::close);
        busy.forEach(PlainConnection::close);
    }
}
