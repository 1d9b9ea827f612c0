package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.http.HttpHandler;
import entrepot.http.HttpLimits;
import entrepot.http.HttpResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server for each test, and what its tests share.
@Timeout(60)
public abstract class WithServer {

    public static final HttpSettings SETTINGS = HttpSettings.on("127.0.0.1", 0);
    public static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    /// Of clients' time; two bytes of a body pay for a second.
    static HttpLimits impatient() {
        return impatientAfter(Duration.ofSeconds(1));
    }

    /// The same, but that who begins an encrypted connection has more time: the first one here has to be learnt.
    static HttpLimits impatientOnceEncrypted() {
        return impatientAfter(Duration.ofSeconds(5));
    }

    /// The same, where a first head has the time that it wants.
    static HttpLimits impatientAfterTheHead() {
        return impatientAfter(Duration.ofSeconds(30));
    }

    private static HttpLimits impatientAfter(Duration head) {
        return HttpLimits.USUAL.with(new HttpLimits.Pace(head, Duration.ofSeconds(2), 2, Duration.ofSeconds(3)));
    }

    @TempDir
    Path folder;

    public HttpServer server = HttpServer.start(SETTINGS, request -> HttpResponse.of(200));

    @AfterEach
    void stop() {
        server.stop(Duration.ofMillis(100));
    }

    RawClient serve(HttpHandler handler) throws IOException {
        return serve(SETTINGS, handler);
    }

    RawClient serve(HttpSettings settings, HttpHandler handler) throws IOException {
        server.stop(Duration.ZERO);
        server = HttpServer.start(settings, handler);
        return new RawClient(server.port());
    }

    static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    Content.FileRegion fileOf(byte[] bytes, int from, int length) throws IOException {
        var file = Files.write(folder.resolve("blob"), bytes);
        return new Content.FileRegion(file, from, length);
    }

    /// Content of a kind that no server knows.
    static Content streamOf(byte[] bytes, long length) {
        return new Content() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(WritableByteChannel target) throws IOException {
                target.write(ByteBuffer.wrap(bytes));
            }
        };
    }

    static WritableByteChannel collectingSizes(Collection<Integer> sizes) {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) {
                var count = source.remaining();
                source.position(source.limit());
                sizes.add(count);
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a count that began stays at. One that does not stay below `most` fails.
    static long steady(AtomicLong count, long most) {
        for (var before = 0L; ; pause(500)) {
            var now = count.get();
            assertThat(now).isLessThan(most);
            if (now > 0 && now == before) {
                return now;
            }
            before = now;
        }
    }

    /// Asked no more once it was true: a condition may take what it finds.
    static void awaitUntil(BooleanSupplier condition) {
        for (int i = 0; i < 3000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            pause(10);
        }
        throw new AssertionError("was not true within 30 s");
    }
}
