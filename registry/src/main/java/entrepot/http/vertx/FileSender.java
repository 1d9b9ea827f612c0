package entrepot.http.vertx;

import entrepot.domain.Content;
import entrepot.http.ClientGoneException;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.stream.ChunkedNioFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.VertxConnection;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends part of a file from the event loop, in regions that let other connections in between: by `sendfile`, or read
/// in chunks where TLS has to encrypt them.
///
/// Vert.x has its own, which logs an error with its stack for every client that goes away, and cuts the answer short
/// without a word where the file is.
final class FileSender {

    private static final Logger LOG = LoggerFactory.getLogger(FileSender.class);
    private static final int REGION = 4 << 20;
    private static final int CHUNK = 128 << 10;

    private final VertxConnection connection;
    private final HttpServerResponse wire;
    private final FileChannel file;
    private final boolean encrypted;
    private final LongAdder count;
    private final Promise<Void> sent = Promise.promise();

    private FileSender(HttpServerRequest request, FileChannel file, LongAdder count) {
        this.connection = (VertxConnection) request.connection();
        this.wire = request.response();
        this.file = file;
        this.encrypted = request.isSSL();
        this.count = count;
    }

    /// Sends the head, which must be complete, and the region after it.
    ///
    /// @param count of the bytes that are sent
    /// @throws IOException if the file is not there, or ends before the region does; then nothing is sent
    static Future<Void> send(HttpServerRequest request, Content.FileRegion region, LongAdder count) throws IOException {
        var sender = new FileSender(request, open(region), count);
        sender.wire.writeHead();
        sender.sendFrom(region.offset(), region.length());
        return sender.sent.future();
    }

    /// The same of a file that is still being written. Returns when all of it is given to the system.
    ///
    /// @throws IOException if no more of it comes, or the client is gone; the head is sent with the first bytes
    static Future<Void> send(HttpServerRequest request, Content.Growing part, LongAdder count) throws IOException {
        var end = part.offset() + part.length();
        try (var file = FileChannel.open(part.file(), StandardOpenOption.READ)) {
            var sender = new FileSender(request, file, count);
            for (var at = part.offset(); at < end; ) {
                var until = Math.min(part.await(at), at + REGION);
                if (at == part.offset()) {
                    sender.wire.writeHead();
                }
                sender.sendNow(at, until - at);
                at = until;
            }
            return sender.wire.end();
        }
    }

    private void sendNow(long offset, long length) throws ClientGoneException {
        var written = new CompletableFuture<@Nullable Void>();
        var promise = connection.channel().newPromise().addListener(done -> {
            if (done.isSuccess()) {
                written.complete(null);
            } else {
                written.completeExceptionally(done.cause());
            }
        });
        connection.writeToChannel(piece(offset, length), promise);
        try {
            written.get();
            count.add(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientGoneException("interrupted while answering", e);
        } catch (ExecutionException e) {
            throw new ClientGoneException("the client does not take the rest of the answer", e);
        }
    }

    private static FileChannel open(Content.FileRegion region) throws IOException {
        var file = FileChannel.open(region.file(), StandardOpenOption.READ);
        if (file.size() < region.offset() + region.length()) {
            file.close();
            throw new EOFException(region.file() + " ends early");
        }
        return file;
    }

    private void sendFrom(long offset, long length) {
        if (length == 0) {
            close();
            wire.end().onComplete(sent);
            return;
        }
        var bytes = Math.min(length, REGION);
        var written = connection.channel().newPromise().addListener(done -> {
            if (done.isSuccess()) {
                count.add(bytes);
                sendFrom(offset + bytes, length - bytes);
            } else {
                close();
                sent.fail(done.cause());
            }
        });
        connection.writeToChannel(piece(offset, bytes), written);
    }

    /// Neither kind may close the file, which the next piece needs.
    private Object piece(long offset, long count) {
        try {
            return encrypted ? new OpenFile(file, offset, count) : new DefaultFileRegion(file, offset, count).retain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Read and encrypted chunk by chunk, as fast as the client takes them.
    private static final class OpenFile extends ChunkedNioFile {
        OpenFile(FileChannel file, long offset, long count) throws IOException {
            super(file, offset, count, CHUNK);
        }

        @Override
        public void close() {}
    }

    private void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("cannot close a file that was sent", e);
        }
    }
}
