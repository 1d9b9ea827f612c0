package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitedTest {

    private final List<String> notes = new ArrayList<>();

    @Test
    void what_is_free_is_not_waited_for() throws IOException {
        assertThat(new Awaited(notes::add).lines(() -> List.of("done"))).containsExactly("done");
        assertThat(notes).isEmpty();
    }

    @Test
    void who_waits_says_so_once() throws IOException {
        var answers = new ArrayDeque<List<String>>(List.of(List.of(), List.of(), List.of("done")));

        assertThat(new Awaited(notes::add).lines(answers::remove)).containsExactly("done");

        assertThat(notes).containsExactly("note: waits for another one to end, or to have been silent for 60 s");
    }
}
