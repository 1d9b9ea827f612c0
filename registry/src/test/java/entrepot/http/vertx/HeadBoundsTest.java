package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.http.HttpLimits;
import entrepot.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What heads and connections may hold together, tried with bounds that a few clients reach.
class HeadBoundsTest extends WithServer {

    private static final String PART_OF_20_KB = "GET / HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(20_000);
    private static final String PART_OF_100_LINES = "GET / HTTP/1.1\r\nHost: h\r\n" + "a:\r\n".repeat(100);
    private static final String WHOLE_OF_30_KB =
            "GET /held HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(30_000) + "\r\n\r\n";

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger held = new AtomicInteger();
    private final List<RawClient> clients = new ArrayList<>();

    private void serve(int connections, long headBytes) {
        server.stop(Duration.ZERO);
        var together = new HttpLimits.Together(connections, headBytes, 1 << 20, 10);
        server = HttpServer.start(SETTINGS.with(HttpLimits.USUAL.with(together)), request -> {
            if (request.path().equals("/held")) {
                held.incrementAndGet();
                await(over);
            }
            return HttpResponse.of(200);
        });
    }

    private RawClient client() throws IOException {
        clients.add(new RawClient(server.port()));
        return clients.getLast();
    }

    private boolean hasRoomForALargeHead() {
        try {
            return client().send(WHOLE_OF_30_KB).read().status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void closeAll() throws IOException {
        over.countDown();
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void heads_without_end_take_no_more_together_than_they_may() throws Exception {
        for (var part : List.of(PART_OF_20_KB, PART_OF_100_LINES)) {
            serve(1000, 100_000);
            try {
                for (int i = 0; i < 40; i++) {
                    client().send(part.replace("Host: h\r\n", "Host: h\r\nY: " + "b".repeat(8_000) + "\r\n"));
                }
                assertThat(client().send(GET).read().status()).isEqualTo(200);
                assertThat(clients.getFirst().readToEnd()).isEmpty();
                assertThat(clients.get(20).readToEnd()).isEmpty();
                assertThat(client().send(GET).read().status()).isEqualTo(200);
            } finally {
                closeAll();
            }
        }
    }

    @Test
    void a_large_head_waits_for_no_memory_and_a_small_one_needs_none() throws Exception {
        serve(1000, 50_000);
        try {
            client().send(WHOLE_OF_30_KB);
            awaitUntil(() -> held.get() == 1);

            assertThat(client().send(WHOLE_OF_30_KB).readToEnd()) // closed where it comes in parts
                    .matches(text -> text.isEmpty()
                            || (text.startsWith("HTTP/1.1 503 ")
                                    && text.toLowerCase(Locale.ROOT).contains("\r\nretry-after: 1\r\n")));
            assertThat(client().send(GET).read().status()).isEqualTo(200);

            over.countDown();
            assertThat(clients.getFirst().read().status()).isEqualTo(200);
            awaitUntil(this::hasRoomForALargeHead); // the answer is there before its room is given back
        } finally {
            closeAll();
        }
    }

    @Test
    void the_connection_that_waits_longest_gives_way_strangers_first() throws Exception {
        serve(4, 100_000);
        try {
            assertThat(client().send(GET).read().status()).isEqualTo(200);
            for (int i = 0; i < 10; i++) {
                client().send("GET");
                assertThat(clients.getFirst().send(GET).read().status()).isEqualTo(200);
            }
            assertThat(clients.get(1).readToEnd()).isEmpty();
            assertThat(clients.getFirst().send(GET).read().status()).isEqualTo(200);
            assertThat(client().send(GET).read().status()).isEqualTo(200);
        } finally {
            closeAll();
        }
    }

    @Test
    void where_all_connections_are_at_work_one_more_is_closed() throws Exception {
        serve(3, 100_000);
        try {
            for (int i = 0; i < 3; i++) {
                client().send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
            }
            awaitUntil(() -> held.get() == 3);

            assertThat(client().readToEnd()).isEmpty();
            over.countDown();
            assertThat(clients.getFirst().read().status()).isEqualTo(200);
        } finally {
            closeAll();
        }
    }

    /// All of them decoded would hold some 10 MB.
    @Test
    void requests_in_advance_are_not_decoded_before_their_time() throws Exception {
        serve(10, 1 << 20);
        try {
            var client = client().send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n" + GET.repeat(5000));
            awaitUntil(() -> held.get() == 1);
            over.countDown();
            for (int i = 0; i < 5001; i++) {
                assertThat(client.read().status()).isEqualTo(200);
            }
        } finally {
            closeAll();
        }
    }

    @Test
    void a_connection_that_ends_leaves_its_place() throws Exception {
        serve(3, 100_000);
        for (int i = 0; i < 20; i++) {
            try (var client = new RawClient(server.port())) {
                assertThat(client.send(GET).read().status()).isEqualTo(200);
            }
        }
    }
}
