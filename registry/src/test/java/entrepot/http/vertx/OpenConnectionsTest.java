package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.http.HttpLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who gives way where there is no room for one more connection.
class OpenConnectionsTest {

    private static final HttpLimits.Together THREE = new HttpLimits.Together(3, 100_000, 1 << 20, 10);
    private static final Duration NEVER = Duration.ofDays(1);

    private final List<String> closed = new ArrayList<>();

    private Seat enter(OpenConnections connections, String name) {
        return connections.enter(() -> closed.add(name)).orElseThrow();
    }

    @Test
    void the_first_of_the_strangers_goes_who_had_time_to_ask() {
        var connections = new OpenConnections(THREE, Duration.ZERO, Duration.ZERO);
        var guest = enter(connections, "guest");
        guest.work();
        guest.await();
        enter(connections, "first");
        enter(connections, "second");

        enter(connections, "new");

        assertThat(closed).containsExactly("first");
    }

    @Test
    void who_has_only_just_come_stays_where_others_let_us_wait() {
        var connections = new OpenConnections(THREE, NEVER, Duration.ZERO);
        var guest = enter(connections, "guest");
        var sender = enter(connections, "sender");
        enter(connections, "stranger");
        sender.work();
        sender.awaitBody();
        guest.work();
        guest.await();

        enter(connections, "second stranger");
        enter(connections, "third stranger");
        enter(connections, "fourth stranger");

        assertThat(closed).containsExactly("guest", "sender", "stranger");
    }

    @Test
    void a_body_that_comes_keeps_its_place() {
        var connections = new OpenConnections(THREE, NEVER, Duration.ZERO);
        for (var name : List.of("one", "two", "three")) {
            var sender = enter(connections, name);
            sender.work();
            sender.awaitBody();
            sender.goOn();
        }

        assertThat(connections.enter(() -> closed.add("new"))).isEmpty();
        assertThat(closed).isEmpty();
    }

    @Test
    void nobody_who_has_let_us_wait_for_a_moment_goes_before_a_stranger() {
        var connections = new OpenConnections(THREE, NEVER, NEVER);
        var guest = enter(connections, "guest");
        guest.work();
        guest.await();
        var sender = enter(connections, "sender");
        sender.work();
        sender.awaitBody();
        enter(connections, "stranger");

        enter(connections, "new");

        assertThat(closed).containsExactly("stranger");
    }
}
