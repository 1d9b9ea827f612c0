package entrepot.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    private static final int MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "-1, 1048576",
        "0, 8192",
        "2000, 8192",
        "2049, 16384",
        "65536, 262144",
        "262144, 1048576",
        "99999999, 1048576"
    })
    void a_short_answer_takes_no_more_than_one_piece_of_it_needs(long length, int bytes) {
        var window = Window.of(new MemoryBudget(512 * MIB, Duration.ZERO).held(), length);

        assertThat(window.bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"-1", "2000", "99999999"})
    void all_of_it_is_given_back(long length) {
        var room = new MemoryBudget(512 * MIB, Duration.ZERO).held();
        var before = room.left();

        Window.of(room, length).close();

        assertThat(room.left()).isEqualTo(before);
    }
}
