package entrepot.http.vertx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;

/// A client that sends exactly the bytes it is told to.
public final class RawClient implements AutoCloseable {

    /// What came back for one request.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares replies
    record Reply(int status, String head, byte[] body) {
        String text() {
            return new String(body, ISO_8859_1);
        }

        boolean says(String headerLine) {
            return head.toLowerCase(Locale.ROOT).contains("\r\n" + headerLine.toLowerCase(Locale.ROOT) + "\r\n");
        }
    }

    private final Socket socket;
    private final InputStream in;

    public RawClient(int port) throws IOException {
        this(port, 0);
    }

    /// @param receiveBuffer bytes the system may hold for this client; 0 for its own choice
    RawClient(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(20_000);
        in = socket.getInputStream();
    }

    /// @param connected a socket that is ready to be written to
    public RawClient(Socket connected) throws IOException {
        socket = connected;
        in = socket.getInputStream();
    }

    public RawClient send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /// Reads the answer to a HEAD request, or one without a body.
    public Reply readHead() throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head.toString(ISO_8859_1));
            }
            head.write(next);
        }
        var text = head.toString(ISO_8859_1);
        return new Reply(Integer.parseInt(text.substring(9, 12)), text, new byte[0]);
    }

    public Reply read() throws IOException {
        var reply = readHead();
        var lower = reply.head().toLowerCase(Locale.ROOT);
        var at = lower.indexOf("\r\ncontent-length: ");
        if (at < 0) {
            return reply;
        }
        var length = Integer.parseInt(lower.substring(at + 18, lower.indexOf("\r\n", at + 2)));
        return new Reply(reply.status(), reply.head(), in.readNBytes(length));
    }

    /// Everything until the server closes; an abrupt end is an end too.
    String readToEnd() {
        var all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open after: " + all.toString(ISO_8859_1), e);
        } catch (IOException e) {
            return all.toString(ISO_8859_1);
        }
        return all.toString(ISO_8859_1);
    }

    InputStream input() {
        return in;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
