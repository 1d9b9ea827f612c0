package entrepot.store.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;

/// Makes over plain connections those requests that the SDK's client, which has all others, does not make well:
/// bytes it sends 4 KiB at a time, and of an answer that is a head alone it cannot tell whether it was cut.
record PlainCalls(PlainConnections connections, SdkHttpClient others) implements SdkHttpClient {

    private static final int PIECE = 128 << 10;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return isPut(request) || request.httpRequest().method() == SdkHttpMethod.HEAD
                ? new Call(request, request.contentStreamProvider().orElse(InputStream::nullInputStream))
                : others.prepareRequest(request);
    }

    private static boolean isPut(HttpExecuteRequest request) {
        return request.httpRequest().method() == SdkHttpMethod.PUT
                && request.httpRequest().firstMatchingHeader("Content-Length").isPresent()
                && request.contentStreamProvider().isPresent();
    }

    private final class Call implements ExecutableHttpRequest {
        private final HttpExecuteRequest request;
        private final ContentStreamProvider bytes;

        /// The one that is this request's, and that nobody has ended or kept.
        private final AtomicReference<@Nullable PlainConnection> connection = new AtomicReference<>();

        private volatile boolean aborted;

        Call(HttpExecuteRequest request, ContentStreamProvider bytes) {
            this.request = request;
            this.bytes = bytes;
        }

        /// A connection that was kept may end in the moment when it is used.
        @Override
        public HttpExecuteResponse call() throws IOException {
            var kept = connections.kept();
            if (kept != null) {
                try {
                    return answer(kept);
                } catch (IOException e) {
                    if (aborted) {
                        throw e;
                    }
                }
            }
            return answer(connections.connected());
        }

        private HttpExecuteResponse answer(PlainConnection line) throws IOException {
            connection.set(line);
            var keep = false;
            try {
                var allTaken = send(line);
                var head = line.head();
                var body = hasBody() ? line.body(head) : new byte[0];
                var response = head.forSdk();
                keep = allTaken && head.mayBeFollowed() && !line.rest().hasRemaining();
                return HttpExecuteResponse.builder()
                        .response(response)
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                        .build();
            } finally {
                done(line, keep);
            }
        }

        private boolean hasBody() {
            return request.httpRequest().method() != SdkHttpMethod.HEAD;
        }

        /// Who aborts may have been first.
        private void done(PlainConnection line, boolean keep) {
            if (connection.compareAndSet(line, null)) {
                if (keep) {
                    connections.keep(line);
                } else {
                    connections.end(line);
                }
            }
        }

        /// Whether all bytes went, as many as were announced. A server that does not want them may say so before it has
        /// them all.
        private boolean send(PlainConnection line) throws IOException {
            if (aborted) {
                throw new IOException("the request was aborted");
            }
            var length = Long.parseLong(
                    request.httpRequest().firstMatchingHeader("Content-Length").orElse("0"));
            var piece = new byte[(int) Math.min(PIECE, length)];
            long sent = 0;
            try (var from = bytes.newStream()) {
                line.write(PlainHead.of(request.httpRequest()));
                for (int count; (count = from.readNBytes(piece, 0, piece.length)) > 0; sent += count) {
                    if (!line.take(ByteBuffer.wrap(piece, 0, count))) {
                        return false;
                    }
                }
            }
            return sent == length;
        }

        @Override
        public void abort() {
            aborted = true;
            var line = connection.getAndSet(null);
            if (line != null) {
                connections.end(line);
            }
        }
    }

    @Override
    public void close() {
        others.close();
    }

    @Override
    public String clientName() {
        return others.clientName();
    }
}
