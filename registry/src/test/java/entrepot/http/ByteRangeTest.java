package entrepot.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    private static ByteRange of(String header) {
        return ByteRange.parse(Optional.of(header), 100);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-99, 0, 100",
        "bytes=10-19, 10, 10",
        "bytes=99-99, 99, 1",
        "bytes=90-1000, 90, 10",
        "bytes=90-99999999999999999999, 90, 10",
        "bytes=40-, 40, 60",
        "bytes=-1, 99, 1",
        "bytes=-1000, 0, 100",
        "BYTES=1-2, 1, 2",
        "bytes= 1-2, 1, 2",
        "bytes=0001-0002, 1, 2"
    })
    void one_range_within_the_body_is_read(String header, long from, long length) {
        assertThat(of(header)).isEqualTo(new ByteRange.Satisfiable(from, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=99999999999999999999-", "bytes=-0", "bytes=2-1"})
    void a_range_of_nothing_in_the_body_is_not_satisfiable(String header) {
        assertThat(of(header)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=1",
                "1-2",
                "items=1-2",
                "bytes=--1",
                "bytes=1-2,4-5",
                "bytes=0-,1-",
                "bytes=+1-2",
                "bytes 1-2",
                "bytes=1 - 2"
            })
    void anything_else_means_the_whole_body(String header) {
        assertThat(of(header)).isEqualTo(new ByteRange.None());
    }

    @Test
    void no_header_means_the_whole_body() {
        assertThat(ByteRange.parse(Optional.empty(), 100)).isEqualTo(new ByteRange.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-1"})
    void nothing_of_an_empty_body_can_be_had(String header) {
        assertThat(ByteRange.parse(Optional.of(header), 0)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @Test
    void the_part_is_named_in_the_answer() {
        assertThat(new ByteRange.Satisfiable(10, 5).contentRange(100)).isEqualTo("bytes 10-14/100");
    }
}
