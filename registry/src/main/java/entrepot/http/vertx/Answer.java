package entrepot.http.vertx;

import entrepot.domain.Content;
import entrepot.http.HttpResponse;
import entrepot.http.body.Room;
import entrepot.http.body.Spool;
import entrepot.http.body.Window;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Writes one response in the way its body asks for.
final class Answer {

    /// A smaller part of a file goes out with the head in one write; a larger one by `sendfile`.
    private static final int SMALL_FILE = 32 << 10;

    /// Seconds until whoever found no room may come again.
    private static final String SOON = "1";

    private final HttpServerRequest request;
    private final HttpServerResponse wire;
    private final HttpResponse response;
    private final Duration patience;
    private final Room room;
    private final LongAdder sent;

    /// @param last tells the client that the connection ends with this answer; HTTP/2 has no words for that
    /// @param patience how long the client may take nothing of the answer
    /// @param settings have the room for what is in memory on its way to the client, and count what goes
    Answer(HttpServerRequest request, HttpResponse response, boolean last, Duration patience, HttpSettings settings) {
        this.request = request;
        this.wire = request.response();
        this.response = response;
        this.patience = patience;
        this.room = settings.memory().held();
        this.sent = settings.traffic().out();
        prepareHead(last);
    }

    /// Whether nothing is waited for until a body is given to the system: neither room nor what its client takes.
    static boolean isAtHand(Content body) {
        return body instanceof Content.Bytes || body instanceof Spool.Held || body instanceof Content.FileRegion;
    }

    private void prepareHead(boolean last) {
        wire.setStatusCode(response.status());
        for (var line : response.headers().lines()) {
            wire.headers().add(line.name(), line.value());
        }
        wire.headers().set("Date", HttpDate.now());
        if (asksToComeAgain() && !wire.headers().contains("Retry-After")) {
            wire.headers().set("Retry-After", SOON);
        }
        if (last && !isHttp2()) { // late, because Vert.x writes its own for HTTP/1.0
            wire.headersEndHandler(ready -> wire.headers().set("Connection", "close"));
        }
        wire.headers().remove("Content-Length");
        if (hasLength()) {
            wire.headers().set("Content-Length", Long.toString(response.body().length()));
        }
    }

    /// RFC 9110, 15.6.4; RFC 6585, 4.
    private boolean asksToComeAgain() {
        return response.status() == 503 || response.status() == 429;
    }

    /// The future is done when the last byte is given to the system.
    ///
    /// @throws IOException if the body cannot be read, or the client is gone
    Future<Void> write() throws IOException {
        if (mayNotHaveBody()
                || request.method().name().equals("HEAD")
                || response.body().length() == 0) {
            return wire.end();
        }
        return isHttp2() ? writeToStream() : writeToSocket();
    }

    private boolean isHttp2() {
        return request.version() == HttpVersion.HTTP_2;
    }

    /// A client that takes nothing of a stream leaves the connection writable for others, so that each stream has to be
    /// watched by itself.
    private Future<Void> writeToStream() throws IOException {
        var written = switch (response.body()) {
            case Content.Bytes bytes when bytes.length() <= SMALL_FILE -> whole(buffer(bytes.bytes()));
            case Spool.Held held when held.length() <= SMALL_FILE -> whole(buffer(held.bytes()));
            default -> stream();
        };
        return written.timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Future<Void> writeToSocket() throws IOException {
        return switch (response.body()) {
            case Content.Bytes bytes -> whole(buffer(bytes.bytes()));
            case Spool.Held held -> whole(buffer(held.bytes()));
            case Content.FileRegion region when isInMemory(region) -> small(region);
            case Content.FileRegion region -> FileSender.send(request, region, sent);
            case Content.Growing growing when !request.isSSL() -> growing(growing);
            default -> stream();
        };
    }

    private Future<Void> whole(Buffer body) {
        var length = body.length(); // before it is given away
        return wire.end(body).onSuccess(_ -> sent.add(length));
    }

    /// Where memory is tight, small files are sent as large ones are, though that costs more.
    private boolean isInMemory(Content.FileRegion region) {
        return region.length() <= SMALL_FILE && room.tryTake(region.length(), 0);
    }

    private Future<Void> small(Content.FileRegion region) throws IOException {
        var given = false;
        try {
            var sending = whole(buffer(read(region)));
            given = true;
            return sending.onComplete(_ -> room.giveBack(region.length()));
        } finally {
            if (!given) {
                room.giveBack(region.length());
            }
        }
    }

    private boolean hasLength() {
        return response.body().length() >= 0 && !mayNotHaveBody();
    }

    private boolean mayNotHaveBody() {
        return response.status() == 204 || response.status() == 304;
    }

    private static Buffer buffer(ByteBuffer bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }

    private static Buffer buffer(byte[] bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }

    private static byte[] read(Content.FileRegion region) throws IOException {
        var bytes = ByteBuffer.allocate((int) region.length());
        try (var file = FileChannel.open(region.file(), StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, region.offset() + bytes.position()) < 0) {
                    throw new EOFException(region.file() + " ends early");
                }
            }
        }
        return bytes.array();
    }

    /// It takes as long as the rest is on its way here.
    private Future<Void> growing(Content.Growing growing) throws IOException {
        FewThreads.leave();
        return FileSender.send(request, growing, sent);
    }

    private Future<Void> stream() throws IOException {
        FewThreads.leave();
        var window = Window.of(room, response.body().length());
        var given = false;
        try {
            var sending = stream(window.bytes());
            given = true;
            return sending.onComplete(_ -> window.close());
        } finally {
            if (!given) {
                window.close();
            }
        }
    }

    private Future<Void> stream(int window) throws IOException {
        if (response.body().length() < 0) {
            wire.setChunked(true);
        }
        try (var channel = new AnswerChannel(wire, response.body().length(), patience, window, sent)) {
            response.body().writeTo(channel);
            return channel.end();
        }
    }
}
