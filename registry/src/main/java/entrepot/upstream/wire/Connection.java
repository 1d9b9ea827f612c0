package entrepot.upstream.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import entrepot.domain.Content;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to a server, with one request on it at a time.
final class Connection implements Line, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int BUFFER = 64 << 10;

    /// In bytes; so much is taken by the network's buffers at once.
    private static final int LITTLE = 32 << 10;

    private final Origin origin;
    private final Socket socket;
    private final Socket plain;
    private final Connections owner;
    private final PatientInput patient;
    private final InputStream in;
    private boolean wasUsed;
    private long idleSince;

    /// @param plain what TLS is spoken on; the same socket where it is not
    Connection(Origin origin, Socket socket, Socket plain, Connections owner) throws IOException {
        this.origin = origin;
        this.socket = socket;
        this.plain = plain;
        this.owner = owner;
        this.patient = new PatientInput(socket, owner.timing().silence());
        this.in = new BufferedInputStream(patient, BUFFER);
    }

    Origin origin() {
        return origin;
    }

    InputStream in() {
        return in;
    }

    /// Whether another answer came by it before, so that it may have been closed meanwhile.
    boolean wasUsed() {
        return wasUsed;
    }

    /// On the monotonic clock, in nanoseconds.
    long idleSince() {
        return idleSince;
    }

    @Override
    public void endWhenever() {
        patient.endWhenever();
    }

    Response send(Request request) throws IOException {
        var body = request.body();
        if (body != null && body.length() > LITTLE) {
            try (var watch = new WriteWatch(plain, owner.timing().silence())) {
                write(request, new SocketOutput(socket, watch));
            }
        } else {
            write(request, new SocketOutput(socket, null));
        }
        patient.endWithin(owner.timing().whole());
        return Response.read(request, this);
    }

    private void write(Request request, SocketOutput out) throws IOException {
        out.write(ByteBuffer.wrap(head(request)));
        if (request.body() != null) {
            request.body().writeTo(out);
        }
        out.flush();
    }

    private byte[] head(Request request) {
        var text = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(request.method(), target(request)));
        text.append("Host: ").append(origin.authority()).append("\r\n");
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        var length = length(request.body());
        if (length >= 0) {
            text.append("Content-Length: ").append(length).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private static long length(@Nullable Content body) {
        if (body != null && body.length() < 0) {
            throw new IllegalArgumentException("a body's length must be known");
        }
        return body == null ? -1 : body.length();
    }

    private static String target(Request request) {
        var path = request.url().getRawPath();
        var query = request.url().getRawQuery();
        return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    @Override
    public void giveBack() {
        wasUsed = true;
        idleSince = System.nanoTime();
        owner.keep(this);
    }

    /// Without a farewell of TLS, which could wait for a server that takes nothing.
    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            LOG.debug("the connection to {} did not close well", origin, e);
        }
    }
}
