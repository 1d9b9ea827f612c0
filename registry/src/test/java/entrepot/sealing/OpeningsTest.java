package entrepot.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpeningsTest {

    private final Openings two = new Openings(2, Duration.ofMillis(1));

    @Test
    void one_more_than_there_are_places_is_told_to_come_again() {
        try (var _ = two.take();
                var _ = two.take()) {
            var refusal = catchThrowableOfType(RegistryException.class, two::take);

            assertThat(refusal.error()).isInstanceOf(EveryApiError.Throttling.class);
        }
    }

    @Test
    void a_place_that_is_left_is_there_again() {
        for (int i = 0; i < 5; i++) {
            two.take().close();
        }

        two.take();
        assertThat(two.take()).isNotNull();
    }
}
