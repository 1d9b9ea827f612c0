package entrepot.move;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.Occupant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OccupancyTest {

    private static final Occupant FOUND = new Occupant("7@host", 1);

    private final List<String> said = new ArrayList<>();

    @Test
    void nobody_is_not_waited_for() throws IOException {
        assertThat(occupant(List.of())).isEmpty();
        assertThat(said).isEmpty();
    }

    @Test
    void whoever_says_no_more_that_he_is_there_was_killed() throws IOException {
        assertThat(occupant(List.of(FOUND, FOUND))).isEmpty();
        assertThat(said).containsExactly("the place was in use by 7@host: waiting whether it still is");
    }

    @Test
    void whoever_says_again_that_he_is_there_is() throws IOException {
        assertThat(occupant(List.of(FOUND, FOUND, new Occupant("7@host", 2)))).contains("7@host");
    }

    @Test
    void so_is_another_who_came_meanwhile() throws IOException {
        assertThat(occupant(List.of(FOUND, new Occupant("8@host", 1)))).contains("8@host");
    }

    /// Who is found at each look, and nobody after that.
    private Optional<String> occupant(List<Occupant> looks) throws IOException {
        var left = looks.iterator();
        return new Occupancy(
                        "the place",
                        () -> left.hasNext() ? Optional.of(left.next()) : Optional.empty(),
                        new Saying(said))
                .occupant();
    }

    private record Saying(List<String> lines) implements Progress {
        @Override
        public void ahead(long blobs, long bytes) {}

        @Override
        public void bytes(long number) {}

        @Override
        public void blob() {}

        @Override
        public void row() {}

        @Override
        public void say(String line) {
            lines.add(line);
        }
    }
}
