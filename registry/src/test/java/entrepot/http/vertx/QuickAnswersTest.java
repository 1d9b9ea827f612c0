package entrepot.http.vertx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import entrepot.domain.Content;
import entrepot.domain.Haste;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What takes no waiting is answered by the thread that has read the request.
class QuickAnswersTest extends WithServer {

    private final List<Boolean> onVirtualThreads = new CopyOnWriteArrayList<>();

    private HttpHandler quick(Runnable work) {
        return new HttpHandler() {
            @Override
            public HttpResponse handle(HttpRequest request) {
                onVirtualThreads.add(Thread.currentThread().isVirtual());
                work.run();
                return HttpResponse.of(200).withText("text/plain", request.path());
            }

            @Override
            public boolean isQuick(HttpRequest request) {
                return request.path().startsWith("/quick");
            }
        };
    }

    @Test
    void a_quick_one_is_answered_on_the_event_loop() throws Exception {
        try (var client = serve(quick(() -> {}))) {
            assertThat(client.send(get("/quick")).read().status()).isEqualTo(200);
            assertThat(client.send(get("/slow")).read().status()).isEqualTo(200);
        }
        assertThat(onVirtualThreads).containsExactly(false, true);
    }

    @Test
    void one_that_would_have_to_wait_begins_again_on_a_thread_of_its_own() throws Exception {
        try (var client = serve(quick(Haste::refuse))) {
            assertThat(client.send(get("/quick")).read().text()).endsWith("/quick");
        }
        assertThat(onVirtualThreads).containsExactly(false, true);
    }

    @Test
    void one_with_a_body_is_never_quick() throws Exception {
        try (var client = serve(quick(() -> {}))) {
            client.send("GET /quick HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab");
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(onVirtualThreads).containsExactly(true);
    }

    @Test
    void answers_to_many_that_come_at_once_keep_their_order() throws Exception {
        try (var client = serve(quick(() -> {}))) {
            client.send(get("/quick/1") + get("/slow/2") + get("/quick/3"));
            for (var path : List.of("/quick/1", "/slow/2", "/quick/3")) {
                assertThat(client.read().text()).endsWith(path);
            }
        }
    }

    @Test
    void a_quick_one_that_fails_is_told_so() throws Exception {
        try (var client = serve(quick(() -> {
            throw new IllegalStateException("meant to fail");
        }))) {
            assertThat(client.send(get("/quick")).read().status()).isEqualTo(500);
        }
    }

    @Test
    void one_that_gives_up_where_there_is_time_fails() throws Exception {
        var late = new AtomicReference<RuntimeException>();
        try (var client = serve(quick(() -> {
            if (late.get() == null) {
                late.set(catchThrowableOfType(RuntimeException.class, Haste::refuse));
            }
            throw late.get();
        }))) {
            assertThat(client.send(get("/quick")).read().status()).isEqualTo(500);
        }
        assertThat(onVirtualThreads).containsExactly(false, true);
    }

    @Test
    void a_body_that_is_not_at_hand_is_sent_by_a_thread_that_may_wait() throws Exception {
        try (var client = serve(new HttpHandler() {
            @Override
            public HttpResponse handle(HttpRequest request) {
                Haste.end();
                return HttpResponse.of(200).withBody("text/plain", new Slow(onVirtualThreads));
            }

            @Override
            public boolean isQuick(HttpRequest request) {
                return true;
            }
        })) {
            assertThat(client.send(get("/quick")).read().text()).isEqualTo("slow");
        }
        assertThat(onVirtualThreads).containsExactly(true);
    }

    private record Slow(List<Boolean> onVirtualThreads) implements Content {
        @Override
        public long length() {
            return 4;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            onVirtualThreads.add(Thread.currentThread().isVirtual());
            target.write(ByteBuffer.wrap("slow".getBytes(UTF_8)));
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }
}
