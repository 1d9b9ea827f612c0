package entrepot.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"123456789012", "000000000000"})
    void is_twelve_digits(String text) {
        assertThat(AccountId.isId(text)).isTrue();
        assertThat(new AccountId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "12345678901", "1234567890123", "12345678901x", "123456789012\n", "١٢٣٤٥٦٧٨٩٠١٢", "anonymous"
            })
    void nothing_else_is_one(String text) {
        assertThat(AccountId.isId(text)).isFalse();
        assertThatThrownBy(() -> new AccountId(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
