package entrepot.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

    @Test
    void parameters_keep_their_order_and_repetitions() {
        var query = Query.parse("tag=b&n=1&tag=a");

        assertThat(query.all("tag")).containsExactly("b", "a");
        assertThat(query.first("tag")).contains("b");
        assertThat(query.first("n")).contains("1");
        assertThat(query.has("last")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a%2Fb, a/b",
        "a%2fb, a/b",
        "a+b, a b",
        "a%2Bb, a+b",
        "%C3%A9, é",
        "é, é",
        "%FF, \uFFFD",
        "100%, 100%",
        "%zz, %zz",
        "%4, %4",
        "%%34, %4",
        "a=b=c, a=b=c",
        "%00, '\u0000'"
    })
    void a_value_is_decoded(String sent, String value) {
        assertThat(Query.parse("x=" + sent).first("x")).contains(value);
    }

    @ParameterizedTest
    @CsvSource({"a+b, a+b", "a%2Bb, a+b", "a%20b, a b", "+, +", "%2B+%2b, +++", "%C3%A9+, é+", "%+41, %+41"})
    void in_a_uri_a_plus_is_a_plus(String sent, String value) {
        assertThat(Query.ofUri("x=" + sent).first("x")).contains(value);
        assertThat(Query.ofUri(sent).has(value)).isTrue();
    }

    @Test
    void names_are_decoded_and_values_may_be_missing() {
        var query = Query.parse("&a%20b&c=&&=d");

        assertThat(query.first("a b")).contains("");
        assertThat(query.first("c")).contains("");
        assertThat(query.first("")).contains("d");
        assertThat(query.parameters()).hasSize(3);
    }

    @Test
    void nothing_has_no_parameters() {
        assertThat(Query.parse("").parameters()).isEmpty();
    }
}
