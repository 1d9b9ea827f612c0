package entrepot.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.RegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoomTest {

    private final Room room = new Room(1000, 4, Duration.ZERO);
    private final Room patient = new Room(1000, 4, Duration.ofMinutes(1));

    @Test
    void nobody_takes_more_than_a_part_of_what_would_be_left() {
        assertThat(room.tryTake(201, 0)).isFalse();
        assertThat(room.tryTake(200, 0)).isTrue();
        assertThat(room.tryTake(160, 0)).isTrue();
        assertThat(room.left()).isEqualTo(640);
    }

    @Test
    void what_one_holds_already_counts() {
        assertThat(room.tryTake(100, 0)).isTrue();
        assertThat(room.tryTake(101, 100)).isFalse();
        assertThat(room.tryTake(100, 100)).isTrue();
    }

    @Test
    void who_needs_little_finds_room_beside_any_number_of_greedy_ones() {
        var greedy = 0;
        while (room.tryTake(50, 0)) {
            greedy++;
        }
        assertThat(greedy).isEqualTo(16);
        assertThat(room.tryTake(10, 0)).isTrue();
    }

    @Test
    void whoever_finds_none_in_time_is_told_to_come_again() {
        assertThatThrownBy(() -> room.take(500, 0)).isInstanceOf(RegistryException.class);
        assertThat(room.left()).isEqualTo(1000);
    }

    @Test
    void whoever_waits_goes_on_when_room_is_given_back() throws Exception {
        patient.take(200, 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = CompletableFuture.runAsync(() -> patient.take(200, 0), threads);
            patient.giveBack(200);
            waiting.get(10, TimeUnit.SECONDS);
        }
        assertThat(patient.left()).isEqualTo(800);
    }
}
