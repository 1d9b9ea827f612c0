package entrepot.iam;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.aws.protocol.ApiError;
import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class QueryErrorsTest {

    static Stream<Arguments> ofEveryApi() {
        return Stream.of(
                Arguments.of(new EveryApiError.AccessDenied("p", "iam:GetUser", "*", "because"), "403 AccessDenied"),
                Arguments.of(new EveryApiError.Throttling(), "503 Throttling"),
                Arguments.of(new EveryApiError.NotStorable(), "400 ValidationError"),
                Arguments.of(new EveryApiError.StorageFull(), "500 ServiceFailure"));
    }

    @ParameterizedTest
    @MethodSource("ofEveryApi")
    void what_every_api_can_say_is_said_in_the_words_of_iam(RegistryError error, String worded) {
        var told = QueryErrors.WORDS.of(error);

        assertThat(told.status() + " " + told.code()).isEqualTo(worded);
        assertThat(told.message()).isEqualTo(error.message());
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_of_iam_keeps_its_code_and_its_text(IamError.Identity.Kind kind) {
        var error = new IamError.Identity(kind, "text");

        assertThat(QueryErrors.WORDS.of(error))
                .extracting(ApiError::code, ApiError::message)
                .containsExactly(error.type(), "text");
    }

    @Test
    void what_iam_never_says_is_a_fault_of_the_registry() {
        assertThat(QueryErrors.WORDS.of(new JsonAloneError.TooManyTags("text")))
                .isEqualTo(QueryErrors.WORDS.internal());
    }
}
