package entrepot.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "Ann_1", "ann+ci@example.org", "a=b,c.d-e"})
    void is_made_of_letters_digits_and_a_few_signs(String text) {
        assertThat(new UserName(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a*", "ann\n", "änn"})
    void nothing_else_is_a_name(String text) {
        assertThat(UserName.isName(text)).isFalse();
        assertThatThrownBy(() -> new UserName(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void has_at_most_128_characters() {
        assertThat(UserName.isName("a".repeat(128))).isTrue();
        assertThat(UserName.isName("a".repeat(129))).isFalse();
    }

    @Test
    void names_that_differ_by_case_alone_fold_alike() {
        assertThat(new UserName("Ann").folded()).isEqualTo(new UserName("aNN").folded());
    }
}
