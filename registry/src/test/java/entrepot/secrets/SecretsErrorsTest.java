package entrepot.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.aws.protocol.ApiError;
import entrepot.domain.EveryApiError;
import entrepot.domain.KmsError;
import entrepot.domain.SecretsError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class SecretsErrorsTest {

    private static final SecretsErrors WORDS = SecretsErrors.WORDS;

    @ParameterizedTest
    @EnumSource
    void a_refusal_has_a_name_that_secrets_manager_has_and_its_text(SecretsError.Kind kind)
            throws ClassNotFoundException {
        var error = new SecretsError(kind, "text");

        assertThat(WORDS.of(error)).isEqualTo(new ApiError(400, error.type(), "text"));
        if (kind != SecretsError.Kind.VALIDATION) { // of every service
            assertThat(SecretsManagerException.class)
                    .isAssignableFrom(
                            Class.forName("software.amazon.awssdk.services.secretsmanager.model." + error.type()));
        }
    }

    @Test
    void what_every_service_says_has_the_names_of_secrets_manager() {
        assertThat(WORDS.of(new EveryApiError.AccessDenied("p", "a", "r", "why"))
                        .code())
                .isEqualTo("AccessDeniedException");
        assertThat(WORDS.of(new EveryApiError.Throttling()).status()).isEqualTo(503);
        assertThat(WORDS.of(new EveryApiError.NotStorable()).code()).isEqualTo("ValidationException");
        assertThat(WORDS.of(new EveryApiError.StorageFull()).code()).isEqualTo("InternalServiceError");
    }

    @Test
    void what_secrets_manager_never_says_is_a_fault_of_the_service() {
        assertThat(WORDS.of(new KmsError(KmsError.Kind.DISABLED, "text"))).isEqualTo(WORDS.internal());
    }

    @ParameterizedTest
    @CsvSource({"SecretId, secretId", "Tags.1.member.Key, tags.1.member.key"})
    void a_member_is_called_as_in_java_and_its_value_is_not_told(String path, String called) {
        assertThat(WORDS.invalid(path, "Member must not be null"))
                .hasMessage(
                        "1 validation error detected: Value at '%s' failed to satisfy constraint: ".formatted(called)
                                + "Member must not be null");
    }
}
