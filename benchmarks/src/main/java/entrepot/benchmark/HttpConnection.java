package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/// One HTTP/1.1 connection at a time one request, as cheap for the client as Java has it: every byte is read into the
/// same buffer.
final class HttpConnection implements AutoCloseable {
    private static final int BUFFER = 1 << 18;
    private static final int LONGEST_COMPLAINT = 2000;

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    HttpConnection(InetSocketAddress server) throws IOException {
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /// Sends a request without a body, and passes over the answer's.
    AnswerHead exchange(byte[] request, int expectedStatus) throws IOException {
        send(request);
        return receive(expectedStatus, bytes -> {});
    }

    void send(byte[] bytes) throws IOException {
        for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
            channel.write(rest);
        }
    }

    void send(Blob blob) throws IOException {
        blob.writeTo(channel);
    }

    /// @param body is shown each piece as it arrives, and must not keep it
    AnswerHead receive(int expectedStatus, Consumer<ByteBuffer> body) throws IOException {
        var head = receiveHead();
        if (head.status() != expectedStatus) {
            throw new IOException("answered " + head.text() + complaint(head));
        }
        receiveBody(head.length(), body);
        return head;
    }

    /// The body of an answer with status 200.
    String receiveText() throws IOException {
        var text = new StringBuilder();
        receive(200, bytes -> text.append(ISO_8859_1.decode(bytes)));
        return text.toString();
    }

    private String complaint(AnswerHead head) throws IOException {
        var text = new StringBuilder();
        receiveBody(Math.min(head.length(), LONGEST_COMPLAINT), bytes -> text.append(ISO_8859_1.decode(bytes)));
        return text.toString();
    }

    private AnswerHead receiveHead() throws IOException {
        buffer.clear();
        while (true) {
            fill();
            var head = AnswerHead.parse(buffer.duplicate().flip());
            if (head.isPresent()) {
                buffer.flip().position(head.get().text().length());
                return head.get();
            }
        }
    }

    private void receiveBody(long length, Consumer<ByteBuffer> body) throws IOException {
        var left = length - buffer.remaining();
        body.accept(buffer);
        while (left > 0) {
            buffer.clear();
            fill();
            left -= buffer.flip().remaining();
            body.accept(buffer);
        }
    }

    private void fill() throws IOException {
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server closed the connection within an answer");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
