package entrepot.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENTREPOT_KMS_TYPE | vault                   | ENTREPOT_KMS_TYPE: vault is not allowed; it must be local, none or aws
            ENTREPOT_KMS_ACCESS_KEY_ID | AKIA           | kms.access-key-id and kms.secret-access-key-file go together
            ENTREPOT_KMS_SECRET_ACCESS_KEY_FILE | /a    | kms.access-key-id and kms.secret-access-key-file go together
            ENTREPOT_KMS_ENDPOINT | kms.example         | ENTREPOT_KMS_ENDPOINT: kms.example is not allowed; it must be an address such as https://kms.example.com
            ENTREPOT_KMS_REGION | Earth                 | ENTREPOT_KMS_REGION: Earth is not allowed; it must be a region such as us-east-1
            ENTREPOT_KMS_CACHE | -1s                    | ENTREPOT_KMS_CACHE: -1s is not allowed; it must be a duration such as 12h, 30m or PT12H
            """)
    void what_cannot_be_meant_of_a_key_service_is_refused(String variable, String value, String why) {
        assertThatThrownBy(() -> Config.load(Map.of(), Map.of(variable, value), null))
                .hasMessage(why);
    }
}
