package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// Sends small requests that are made beforehand, from as many callers as wanted, on one thread: a caller is a
/// connection that sends its next request when the answer to the last has come.
final class RequestLoop implements AutoCloseable {
    private static final int ANSWER = 1 << 15;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Selector selector;
    private final Queue<byte[]> requests;
    private final long deadline;
    private final Latencies latencies;
    private int callers;
    private long answered;

    private RequestLoop(List<byte[]> requests, Duration limit, Latencies latencies) throws IOException {
        this.selector = Selector.open();
        this.requests = new ArrayDeque<>(requests);
        this.deadline = System.nanoTime() + limit.toNanos();
        this.latencies = latencies;
    }

    /// Returns how many requests were answered with success.
    ///
    /// @param limit after which no request is begun
    /// @throws IOException with the answer, if one is not a success
    static long run(InetSocketAddress server, int callers, List<byte[]> requests, Duration limit, Latencies latencies)
            throws IOException {
        return run(List.of(server), callers, requests, limit, latencies);
    }

    /// @param servers whose turn it is, one caller after the other
    static long run(
            List<InetSocketAddress> servers, int callers, List<byte[]> requests, Duration limit, Latencies latencies)
            throws IOException {
        try (var loop = new RequestLoop(requests, limit, latencies)) {
            for (var i = 0; i < callers; i++) {
                loop.connect(servers.get(i % servers.size()));
            }
            loop.run();
            return loop.answered;
        }
    }

    private void connect(InetSocketAddress server) throws IOException {
        var channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        var caller = new Caller(channel);
        channel.register(selector, SelectionKey.OP_READ, caller);
        callers++;
        next(caller);
    }

    private void run() throws IOException {
        while (callers > 0) {
            var ready = selector.select(
                    key -> {
                        try {
                            ready((Caller) key.attachment());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    PATIENCE.toMillis());
            if (ready == 0) {
                throw new IOException("no answer within " + PATIENCE);
            }
        }
    }

    private void ready(Caller caller) throws IOException {
        if (caller.answered()) {
            answered++;
            latencies.add(System.nanoTime() - caller.begun);
            next(caller);
        }
    }

    private void next(Caller caller) throws IOException {
        var request = System.nanoTime() < deadline ? requests.poll() : null;
        if (request == null) {
            caller.channel.close();
            callers--;
        } else {
            caller.send(request);
        }
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private static final class Caller {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER);
        private long begun;
        private boolean isHead;

        Caller(SocketChannel channel) {
            this.channel = channel;
        }

        /// A request fits into the socket's buffer, which is empty by now, so this does not wait.
        void send(byte[] request) throws IOException {
            answer.clear();
            isHead = request[0] == 'H';
            begun = System.nanoTime();
            for (var rest = ByteBuffer.wrap(request); rest.hasRemaining(); ) {
                channel.write(rest);
            }
        }

        boolean answered() throws IOException {
            if (channel.read(answer) < 0) {
                throw new EOFException("the server closed the connection within an answer");
            }
            var bytes = answer.duplicate().flip();
            var head = AnswerHead.parse(bytes.duplicate());
            if (head.isEmpty()
                    || bytes.remaining()
                            < head.get().text().length()
                                    + (isHead ? 0 : head.get().length())) {
                return false;
            }
            if (head.get().status() / 100 != 2) {
                throw new IOException("answered " + UTF_8.decode(bytes));
            }
            return true;
        }
    }
}
