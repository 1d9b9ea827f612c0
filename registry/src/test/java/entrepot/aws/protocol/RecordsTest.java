package entrepot.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import entrepot.domain.RegistryException;
import entrepot.domain.Tag;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordsTest {

    /// Of the Query protocol's answers.
    public record Device(
            String userName, String mfaSerial, @Nullable String marker) {}

    public enum Colour {
        RED
    }

    public record Inner(String key) {}

    public record Input(
            String text, Tag tag, Colour colour, Integer count, long size, boolean flag, List<Inner> list) {}

    public record Exacting(String text) {
        public Exacting {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
        }
    }

    @Test
    void members_are_read_by_the_models_names_whatever_their_capitals() {
        var device = new Device("a", "s", null);

        assertThat(OutputRecord.member(device, "UserName")).isEqualTo("a");
        assertThat(OutputRecord.member(device, "MFASerial")).isEqualTo("s");
        assertThat(OutputRecord.member(device, "marker")).isNull();
        assertThat(OutputRecord.member(device, "Path")).isNull();
    }

    @Test
    void reading_members_makes_nothing_anew() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var device = new Device("a", "s", null);
        OutputRecord.member(device, "UserName");
        var before = threads.getCurrentThreadAllocatedBytes();
        for (var i = 0; i < 10_000; i++) {
            OutputRecord.member(device, "UserName");
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    @Test
    void a_record_is_made_of_its_members_under_either_name() {
        var tree = Map.of(
                "Text",
                "t",
                "tag",
                "latest",
                "colour",
                "RED",
                "count",
                7L,
                "size",
                8L,
                "Flag",
                true,
                "list",
                List.of(Map.of("Key", "k")));

        assertThat(InputRecord.of(Input.class, tree))
                .isEqualTo(new Input("t", new Tag("latest"), Colour.RED, 7, 8, true, List.of(new Inner("k"))));
    }

    @Test
    void what_a_record_or_a_value_refuses_comes_out_as_it_was_said() {
        assertThatThrownBy(() -> InputRecord.of(Exacting.class, Map.of("text", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("empty");
        assertThatThrownBy(() -> InputRecord.of(Input.class, Map.of("tag", "-")))
                .isInstanceOf(RegistryException.class);
    }
}
