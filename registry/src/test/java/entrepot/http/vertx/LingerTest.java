package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.http.HttpLimits;
import entrepot.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Clients that are still sending when they are refused.
class LingerTest extends WithServer {

    private static final String LARGE = "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n";
    private static final byte[] PIECE = new byte[10_000];

    private RawClient refusing(Duration linger, int most) throws IOException {
        return serve(after(linger, most), request -> HttpResponse.of(403));
    }

    /// Connections linger for so long, and so many of them.
    static HttpSettings after(Duration linger, int most) {
        var usual = HttpLimits.USUAL;
        var pace = new HttpLimits.Pace(usual.pace().head(), usual.pace().idle(), 1000, linger);
        var together = new HttpLimits.Together(100, 1 << 20, 1 << 20, most);
        return SETTINGS.with(usual.with(pace).with(together));
    }

    private static void sendFor(RawClient client, Duration time) throws IOException {
        for (long i = 0; i < time.toMillis() / 100; i++) {
            client.send(PIECE);
            pause(100);
        }
    }

    @Test
    void a_slow_sender_reads_the_status_when_it_is_done() throws Exception {
        try (var client = refusing(Duration.ofSeconds(30), 10)) {
            client.send(LARGE);
            sendFor(client, Duration.ofSeconds(2));
            assertThat(client.read().status()).isEqualTo(403);
        }
    }

    @Test
    void a_slow_sender_of_what_is_no_request_reads_the_status_too() throws Exception {
        try (var client = refusing(Duration.ofSeconds(30), 10)) {
            client.send("nothing of HTTP\r\n\r\n");
            sendFor(client, Duration.ofSeconds(2));
            assertThat(client.read().status()).isEqualTo(400);
        }
    }

    @Test
    void a_client_that_sends_for_ever_is_cut() throws Exception {
        try (var client = refusing(Duration.ofSeconds(2), 10)) {
            client.send(LARGE);
            assertThatThrownBy(() -> sendFor(client, Duration.ofSeconds(40))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_client_that_stays_silent_is_cut_before() throws Exception {
        try (var client = refusing(Duration.ofSeconds(6), 10)) {
            assertThat(client.send(LARGE).read().status()).isEqualTo(403);
            pause(3000);
            assertThatThrownBy(() -> sendFor(client, Duration.ofSeconds(2))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void more_than_may_linger_are_cut_soon() throws Exception {
        try (var client = refusing(Duration.ofHours(1), 0)) {
            client.send(LARGE);
            assertThatThrownBy(() -> sendFor(client, Duration.ofSeconds(40))).isInstanceOf(IOException.class);
        }
    }
}
