package entrepot.upstream.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// An answer, whose body is read while it comes. Closing one whose body was read to its end leaves its connection for
/// the next request; else the connection ends, also under a reader on another thread.
public final class Response implements AutoCloseable {

    /// Read beyond what anybody wanted, so that a connection can be used again.
    private static final int WORTH_READING = 16 << 10;

    private final Head head;
    private final BodyInput body;
    private final Line line;
    private final long length;

    private Response(Head head, BodyInput body, long length, Line line) {
        this.head = head;
        this.body = body;
        this.length = length;
        this.line = line;
    }

    static Response read(Request request, Connection connection) throws IOException {
        var head = Head.read(connection.in());
        var length = length(head);
        var hasBody = !request.method().equals("HEAD") && head.status() != 204 && head.status() != 304;
        var body = hasBody ? framed(head, length, connection.in()) : new BodyInput.Fixed(connection.in(), 0);
        return new Response(head, body, length.orElse(-1), connection);
    }

    /// One that was not sent, and so came whole.
    ///
    /// @param fields by their names in lower case
    public static Response of(int status, Map<String, List<String>> fields, byte[] body) {
        var bytes = new BodyInput.Fixed(new ByteArrayInputStream(body), body.length);
        return new Response(new Head(status, fields), bytes, body.length, Line.NONE);
    }

    private static BodyInput framed(Head head, OptionalLong length, InputStream in) throws IOException {
        var codings = head.all("transfer-encoding");
        if (codings.isEmpty()) {
            return length.isPresent() ? new BodyInput.Fixed(in, length.getAsLong()) : new BodyInput.UntilClose(in);
        }
        if (codings.size() != 1 || !codings.getFirst().equalsIgnoreCase("chunked") || length.isPresent()) {
            throw new MalformedAnswerException("the answer's length is not clear");
        }
        return new BodyInput.Chunked(in);
    }

    private static OptionalLong length(Head head) throws IOException {
        var texts = head.all("content-length").stream().distinct().toList();
        if (texts.isEmpty()) {
            return OptionalLong.empty();
        }
        if (texts.size() > 1 || !texts.getFirst().matches("[0-9]{1,18}")) {
            throw new MalformedAnswerException("the answer's Content-Length is none");
        }
        return OptionalLong.of(Long.parseLong(texts.getFirst()));
    }

    public int status() {
        return head.status();
    }

    /// The first value of a field.
    public Optional<String> header(String name) {
        return head.first(name);
    }

    public Head head() {
        return head;
    }

    /// What the head says of the body's length, also to a HEAD; -1 where it says nothing.
    public long length() {
        return length;
    }

    /// The body as it comes. It may take any time as long as it is not silent; see [#bytes] for one with an end.
    public InputStream body() {
        line.endWhenever();
        return body;
    }

    /// The whole body, within the time for that.
    ///
    /// @throws MalformedAnswerException if it is longer
    public byte[] bytes(int most) throws IOException {
        if (body instanceof BodyInput.Fixed && length > most) {
            throw new MalformedAnswerException("the answer has more than %d bytes".formatted(most));
        }
        var bytes = body.readNBytes(most);
        if (bytes.length == most && body.read() >= 0) {
            throw new MalformedAnswerException("the answer has more than %d bytes".formatted(most));
        }
        return bytes;
    }

    @Override
    public void close() {
        if (isReusable()) {
            line.giveBack();
        } else {
            line.close();
        }
    }

    private boolean isReusable() {
        if (head.all("connection").stream().anyMatch("close"::equalsIgnoreCase)) {
            return false;
        }
        try {
            if (body instanceof BodyInput.Fixed && length <= WORTH_READING && !body.isAtEnd) {
                body.readNBytes(WORTH_READING);
            }
            return body.isWhole();
        } catch (IOException e) {
            return false; // nobody wanted these bytes
        }
    }
}
