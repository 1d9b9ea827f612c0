package entrepot.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.aws.model.ApiModel;
import entrepot.aws.protocol.ApiError;
import entrepot.aws.protocol.ApiException;
import entrepot.aws.protocol.InputRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Forms as clients send them, and as nobody should.
class FormTest {

    private static final ApiModel MODEL = ApiModel.of(QueryEndpoint.class, "/entrepot/aws/iam.json");

    @Test
    void a_form_is_read_along_the_model_and_what_that_does_not_have_is_passed_over() {
        var tree = read(
                "TagUserRequest",
                "UserName=a%2Bb+c&Tags.member.2.Key=k2&Tags.member.2.Value="
                        + "&Tags.member.10.Key=k10&Tags.member.10.Value=%C3%A9&Other=1&Tags.member.2.Other=2");

        assertThat(tree)
                .isEqualTo(Map.of(
                        "UserName",
                        "a+b c",
                        "Tags",
                        List.of(Map.of("Key", "k2", "Value", ""), Map.of("Key", "k10", "Value", "é"))));
    }

    @Test
    void an_empty_list_is_its_name_alone() {
        assertThat(read("TagUserRequest", "Tags=")).isEqualTo(Map.of("Tags", List.of()));
        assertThat(read("TagUserRequest", "")).isEmpty();
    }

    public record Page(
            @Nullable String pathPrefix,
            @Nullable String marker,
            @Nullable Integer maxItems) {}

    @Test
    void a_record_is_made_of_what_was_read() {
        var input = InputRecord.of(Page.class, read("ListUsersRequest", "MaxItems=7&PathPrefix=/a/"));

        assertThat(input).isEqualTo(new Page("/a/", null, 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UserName=a&UserName=b",
                "UserName=%00",
                "UserName=a%0Bb",
                "UserName=%EF%BF%BF",
                "%01=a",
                "Tags.member.x.Key=a",
                "Tags.member.0.Key=a",
                "Tags.member.-1.Key=a",
                "Tags.member.99999999999.Key=a",
                "Tags.member.=a"
            })
    void what_is_no_form_is_refused(String text) {
        assertThatThrownBy(() -> read("TagUserRequest", text))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.error().code()).isEqualTo("MalformedInput"));
    }

    @ParameterizedTest
    @CsvSource({
        "ListUsersRequest, MaxItems=many",
        "ListUsersRequest, MaxItems=1.5",
        "ListUsersRequest, MaxItems=99999999999999999999",
        "ListPoliciesRequest, OnlyAttached=maybe"
    })
    void a_value_of_another_type_is_refused(String shape, String text) {
        assertThatThrownBy(() -> read(shape, text))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.error().code()).isEqualTo("MalformedInput"));
    }

    @Test
    void a_form_has_a_thousand_parameters_at_most() {
        assertThat(Form.parse("&".repeat(999)).parameters()).isEmpty();
        assertThatThrownBy(() -> Form.parse("&".repeat(1_000))).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        CreateUserRequest    | Path=/                             | userName | Member must not be null
        ListUsersRequest     | MaxItems=0                         | maxItems | Member must have value greater than or equal to 1
        ListUsersRequest     | MaxItems=1001                      | maxItems | Member must have value less than or equal to 1000
        GetPolicyRequest     | PolicyArn=short                    | policyArn | Member must have length greater than or equal to 20
        ListPoliciesRequest  | Scope=Some                         | scope | Member must satisfy enum value set: [All, AWS, Local]
        TagUserRequest       | UserName=a&Tags.member.1.Key=k     | tags.1.member.value | Member must not be null
        TagUserRequest       | UserName=<a>&Tags=                 | userName | Member must satisfy regular expression pattern: [\\w+=,.@-]+
        """)
    void what_the_model_does_not_allow_is_told(String shape, String text, String path, String violation) {
        var tree = read(shape, text);

        assertThatThrownBy(() -> FormCheck.check(MODEL, MODEL.structure(shape), tree))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.error())
                                .isEqualTo(new ApiError(
                                        400,
                                        "ValidationError",
                                        "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
                                                .formatted(path, violation))));
    }

    private static Map<String, Object> read(String shape, String text) {
        return new FormReader(MODEL, Form.parse(text)).structure(MODEL.structure(shape), "");
    }
}
