package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.http.HttpHeaders;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceTest {

    private static HttpHeaders accept(String... lines) {
        var headers = HttpHeaders.EMPTY;
        for (var line : lines) {
            headers = headers.with("accept", line);
        }
        return headers;
    }

    @Test
    void all_lines_are_one_list() {
        assertThat(Acceptance.of(accept("a/b, c/d;q=0.5", "e/f"))).containsExactly("a/b", "c/d", "e/f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "a/b, */*", "a/b,*/*;q=0.1", "application/*", "a/b;q=0", "", " , ,", ";q=1"})
    void anything_is_taken_where_nothing_is_named(String line) {
        assertThat(Acceptance.of(accept(line))).isNull();
        assertThat(Acceptance.of(HttpHeaders.EMPTY)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a/b;q=0, c/d                 | c/d
            a/b;q=0.000, c/d;q=0.001     | c/d
            a/b ; Q=0 ; x=1, c/d ;q=1    | c/d
            a/b;charset=utf-8;q=0.0,c/d  | c/d
            c/d,*/*;q=0                  | c/d
            """)
    void what_is_never_wanted_is_not_accepted(String line, String left) {
        assertThat(Acceptance.of(accept(line))).containsExactly(left);
    }

    @Test
    void more_types_than_there_are_mean_anything() {
        assertThat(Acceptance.of(accept(types(100)))).hasSize(100);
        assertThat(Acceptance.of(accept(types(101)))).isNull();
        assertThat(Acceptance.of(accept(types(90), types(90)))).isNull();
        assertThat(Acceptance.of(accept(",".repeat(60_000) + "a/b"))).isNull();
    }

    private static String types(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a/t" + i).collect(Collectors.joining(", "));
    }
}
