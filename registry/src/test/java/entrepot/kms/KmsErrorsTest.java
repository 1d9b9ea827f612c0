package entrepot.kms;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.aws.protocol.ApiError;
import entrepot.domain.EveryApiError;
import entrepot.domain.KmsError;
import entrepot.domain.RepositoryError;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.model.KmsException;

class KmsErrorsTest {

    private static final KmsErrors WORDS = KmsErrors.WORDS;

    @ParameterizedTest
    @EnumSource
    void a_refusal_has_a_name_that_kms_has_and_its_text(KmsError.Kind kind) throws ClassNotFoundException {
        var error = new KmsError(kind, "text");

        assertThat(WORDS.of(error)).isEqualTo(new ApiError(400, error.type(), "text"));
        if (kind != KmsError.Kind.VALIDATION) { // of every service
            assertThat(KmsException.class)
                    .isAssignableFrom(Class.forName("software.amazon.awssdk.services.kms.model." + sdkName(error)));
        }
    }

    /// The SDK spells it in a case of its own.
    private static String sdkName(KmsError error) {
        return error.type().replaceFirst("^KMS", "Kms");
    }

    @Test
    void what_every_service_says_has_the_names_of_kms() {
        assertThat(WORDS.of(new EveryApiError.AccessDenied("p", "a", "r", "why"))
                        .code())
                .isEqualTo("AccessDeniedException");
        assertThat(WORDS.of(new EveryApiError.Throttling()).status()).isEqualTo(503);
        assertThat(WORDS.of(new EveryApiError.NotStorable()).code()).isEqualTo("ValidationException");
        assertThat(WORDS.of(new EveryApiError.StorageFull()).code()).isEqualTo("KMSInternalException");
    }

    @Test
    void what_kms_never_says_is_a_fault_of_the_service() throws IOException {
        assertThat(WORDS.of(new RepositoryError.Kms("KMS.InternalException", "text")))
                .isEqualTo(WORDS.internal());
    }

    @ParameterizedTest
    @CsvSource({"KeyId, keyId", "Tags.1.member.TagKey, tags.1.member.tagKey"})
    void a_member_is_called_as_in_java_and_its_value_is_not_told(String path, String called) {
        assertThat(WORDS.invalid(path, "Member must not be null"))
                .hasMessage(
                        "1 validation error detected: Value at '%s' failed to satisfy constraint: ".formatted(called)
                                + "Member must not be null");
    }
}
