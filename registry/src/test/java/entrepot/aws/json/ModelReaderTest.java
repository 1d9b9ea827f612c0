package entrepot.aws.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.aws.model.ApiModel;
import entrepot.aws.protocol.ApiException;
import entrepot.domain.Content;
import entrepot.domain.RegistryException;
import entrepot.ecr.EcrErrors;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReaderTest {

    private static final ApiModel MODEL = ApiModel.of(JsonEndpoint.class, "/entrepot/aws/ecr.json");

    @Test
    void members_become_plain_values() throws IOException {
        var tree = read("CreateRepositoryRequest", """
                {"repositoryName": "app", "tags": [{"Key": "a", "Value": "b"}],
                 "imageScanningConfiguration": {"scanOnPush": true}}
                """);

        assertThat(tree)
                .isEqualTo(Map.of(
                        "repositoryName", "app",
                        "tags", List.of(Map.of("Key", "a", "Value", "b")),
                        "imageScanningConfiguration", Map.of("scanOnPush", true)));
    }

    @Test
    void a_null_member_is_as_good_as_absent() throws IOException {
        assertThat(read("ListImagesRequest", "{\"repositoryName\":\"app\",\"maxResults\":null}"))
                .isEqualTo(Map.of("repositoryName", "app"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "null", "[1,[2]]", "{\"repositoryName\":\"other\"}", "1e999999", "-0.0"})
    void unknown_members_are_passed_over(String value) throws IOException {
        assertThat(read(
                        "DeleteRepositoryRequest",
                        "{\"x\":%s,\"repositoryName\":\"app\",\"x\":%s}".formatted(value, value)))
                .isEqualTo(Map.of("repositoryName", "app"));
    }

    @Test
    void a_document_of_no_bytes_is_an_empty_object() throws IOException {
        assertThat(read("DescribeRegistryRequest", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"repositoryName\":\"app\"",
                "{\"repositoryName\":\"ap",
                "{\"repositoryName\"}",
                "{\"repositoryName\":\"app\",}",
                "{repositoryName:\"app\"}",
                "{'repositoryName':'app'}",
                "{\"repositoryName\":\"app\"} {}",
                "{\"repositoryName\":\"app\"}]",
                "{\"repositoryName\":\"a\u0001b\"}",
                "{\"repositoryName\":\"\\x41\"}",
                "{\"repositoryName\":\"\\u00g0\"}",
                "{\"repositoryName\":\"app\"} // why",
                "{\"force\":truer}",
                "{\"x\":NaN}",
                "{\"x\":01}",
                "[]",
                "null",
                "\"app\"",
                "<xml/>",
            })
    void broken_json_is_a_serialization_exception(String json) {
        assertSerializationException(() -> read("DeleteRepositoryRequest", json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e3",
                "\"1\"",
                "true",
                "[]",
                "{}",
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999"
            })
    void a_number_must_be_whole_and_fit_64_bits(String number) {
        assertSerializationException(() -> read("ListImagesRequest", "{\"maxResults\":%s}".formatted(number)));
    }

    @Test
    void the_ends_of_64_bits_are_numbers() throws IOException {
        assertThat(read(
                        "UploadLayerPartRequest",
                        "{\"partFirstByte\":%d,\"partLastByte\":%d}".formatted(Long.MIN_VALUE, Long.MAX_VALUE)))
                .isEqualTo(Map.of("partFirstByte", Long.MIN_VALUE, "partLastByte", Long.MAX_VALUE));
    }

    @Test
    void a_million_digits_are_refused() {
        assertSerializationException(() -> read("ListImagesRequest", "{\"maxResults\":" + "9".repeat(1_000_000) + "}"));
        assertSerializationException(() -> read("ListImagesRequest", "{\"x\":1e" + "9".repeat(1_000_000) + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"x\":", "[", "{\"imageIds\":[", "{\"imageIds\":[{\"x\":"})
    void nesting_of_100_000_levels_is_refused(String level) {
        assertSerializationException(() -> read("BatchGetImageRequest", "{\"x\":" + level.repeat(100_000)));
    }

    @Test
    void a_member_given_twice_is_refused() {
        assertSerializationException(
                () -> read("DeleteRepositoryRequest", "{\"repositoryName\":\"a1\",\"repositoryName\":\"b1\"}"));
    }

    @Test
    void text_that_is_not_utf_8_is_refused() {
        assertSerializationException(() -> read("DeleteRepositoryRequest", "{\"x\":\"é\"}".getBytes(ISO_8859_1)));
        assertSerializationException(() -> read("DeleteRepositoryRequest", "{\"force\":true}".getBytes(UTF_16)));
        var overlong = "{\"x\":\"??\"}".getBytes(UTF_8);
        overlong[6] = (byte) 0xc0;
        overlong[7] = (byte) 0x80;
        assertSerializationException(() -> read("DeleteRepositoryRequest", overlong));
    }

    @Test
    void a_list_is_not_kept_beyond_what_shows_that_it_is_too_long() throws IOException {
        var million = String.join(",", Collections.nCopies(1_000_000, "\"sha256:00\""));
        var tree = read("BatchCheckLayerAvailabilityRequest", "{\"layerDigests\":[%s]}".formatted(million));

        assertThat((List<?>) tree.get("layerDigests")).hasSize(101);
    }

    @Test
    void a_text_too_long_to_be_held_is_refused_where_it_stands() {
        var long100k = "a".repeat(100_000);

        assertThatThrownBy(() -> read("DeleteRepositoryRequest", "{\"repositoryName\":\"%s\"}".formatted(long100k)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("at 'repositoryName'")
                .hasMessageContaining("'must have length less than or equal to 256'");
        assertThatThrownBy(() -> read("ListImagesRequest", "{\"nextToken\":\"%s\"}".formatted(long100k)))
                .hasMessageContaining("at 'nextToken'")
                .hasMessageContaining("'Member must have length less than or equal to 65536'");
        assertThatThrownBy(() -> read("UntagResourceRequest", "{\"tagKeys\":[\"%s\"]}".formatted(long100k)))
                .hasMessageContaining("'Member must satisfy constraint: [Member must have length less than");
    }

    @Test
    void bytes_are_decoded_each_time_they_are_written() throws IOException {
        var bytes = new byte[100_001];
        new Random(1).nextBytes(bytes);
        var json = "{\"repositoryName\":\"é\",\"layerPartBlob\":\"%s\",\"x\":\"AAAA\"}"
                .formatted(Base64.getEncoder().encodeToString(bytes));

        var blob = blob(json);

        assertThat(blob.length()).isEqualTo(bytes.length);
        assertThat(Documents.bytes(blob)).isEqualTo(bytes);
        assertThat(Documents.bytes(blob)).isEqualTo(bytes);
    }

    @Test
    void base64_may_be_escaped_as_json_allows() throws IOException {
        var blob = blob("{\"layerPartBlob\":\"\\/\\/\\u002f\\u0041+w==\"}");

        assertThat(Documents.bytes(blob)).isEqualTo(Base64.getDecoder().decode("///A+w=="));
    }

    @Test
    void no_bytes_are_bytes() throws IOException {
        var blob = blob("{\"layerPartBlob\":\"\"}");

        assertThat(blob.length()).isZero();
        assertThat(Documents.bytes(blob)).isEmpty();
    }

    @Test
    void what_the_target_of_bytes_says_is_not_wrapped() throws IOException {
        var blob = blob("{\"layerPartBlob\":\"AAAA\"}");
        var full = new IOException("full");

        assertThatThrownBy(() -> blob.writeTo(new Documents.FailingChannel(full)))
                .isSameAs(full);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AA", "AAA", "A===", "AA=A", "AA-_", "AAA*", "AAAAA", "\\u00e9AAA", "AAAA\\n!"})
    void what_is_not_base64_is_refused(String base64) {
        assertSerializationException(
                () -> read("UploadLayerPartRequest", "{\"layerPartBlob\":\"%s\"}".formatted(base64)));
    }

    private static Map<String, Object> read(String shape, String json) throws IOException {
        return ModelReader.read(MODEL, EcrErrors.WORDS, shape, Documents.of(json));
    }

    private static Map<String, Object> read(String shape, byte[] json) throws IOException {
        return ModelReader.read(MODEL, EcrErrors.WORDS, shape, Documents.of(json));
    }

    private static Content blob(String part) throws IOException {
        return (Content)
                Objects.requireNonNull(read("UploadLayerPartRequest", part).get("layerPartBlob"));
    }

    private static void assertSerializationException(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.error().code()).isEqualTo("SerializationException");
            assertThat(e.error().status()).isEqualTo(400);
            assertThat(e.error().message()).isNotBlank();
        });
    }
}
