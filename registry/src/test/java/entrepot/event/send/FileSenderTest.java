package entrepot.event.send;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.event.EventSender.Sent;
import entrepot.store.Events.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSenderTest {

    @TempDir
    Path folder;

    private static Event event(String id) {
        return new Event(
                id, "arn:aws:ecr:eu-west-1:1:repository/app", "ECR Image Action", Instant.EPOCH, "{" + id + "}");
    }

    private Sent send(Path file, String... ids) {
        return new FileSender(file)
                .send(List.of(ids).stream().map(FileSenderTest::event).toList());
    }

    @Test
    void each_event_is_a_line_behind_those_that_are_there() throws Exception {
        var file = folder.resolve("events.json");
        assertThat(send(file)).isEqualTo(new Sent(0, null));
        assertThat(file).doesNotExist();

        assertThat(send(file, "1", "2")).isEqualTo(new Sent(2, null));
        assertThat(send(file, "3")).isEqualTo(new Sent(1, null));

        assertThat(Files.readString(file)).isEqualTo("{1}\n{2}\n{3}\n");
    }

    @Test
    void a_file_that_was_moved_away_is_made_anew() throws Exception {
        var file = folder.resolve("events.json");
        send(file, "1");
        Files.move(file, folder.resolve("events.1.json"));

        send(file, "2");

        assertThat(Files.readString(file)).isEqualTo("{2}\n");
    }

    @Test
    void a_line_that_was_cut_off_does_not_spoil_the_next_one() throws Exception {
        var file = Files.writeString(folder.resolve("events.json"), "{0}\n{\"cut");

        send(file, "1");

        assertThat(Files.readAllLines(file)).containsExactly("{0}", "{\"cut", "{1}");
    }

    @Test
    void what_cannot_be_written_is_not_sent() {
        var sent = send(folder.resolve("no").resolve("events.json"), "1");

        assertThat(sent.count()).isZero();
        assertThat(sent.error()).startsWith("NoSuchFileException: ");
    }
}
