package entrepot.aws.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import entrepot.aws.model.ApiModel;
import entrepot.aws.protocol.ApiException;
import entrepot.domain.RegistryException;
import entrepot.ecr.EcrErrors;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ModelCheckTest {

    private static final ApiModel MODEL = ApiModel.of(JsonEndpoint.class, "/entrepot/aws/ecr.json");
    private static final ModelCheck CHECK = new ModelCheck(MODEL, EcrErrors.WORDS);

    @TestFactory
    Stream<DynamicNode> every_bound_of_every_member_is_held() {
        return ModelFacts.BUILT.stream()
                .map(ModelFacts::input)
                .map(input -> dynamicContainer(
                        input,
                        ModelSites.of(input).stream()
                                .map(site -> dynamicContainer(site.pointer(), cases(input, site)))));
    }

    private static Stream<DynamicTest> cases(String input, ModelSites.Site site) {
        var missing = site.required() ? "must not be null" : null;
        var values = ModelBounds.of(site.shape()).stream()
                .map(value -> test(value.label(), input, site, value.json(), value.expected()));
        var absences = Stream.of(
                test("null", input, site, JsonNodeFactory.instance.nullNode(), missing),
                test("absent", input, site, null, site.isElement() ? emptyList(site) : missing));
        return Stream.concat(values, absences);
    }

    /// What is said of a list that lost its only element.
    private static @Nullable String emptyList(ModelSites.Site site) {
        return List.of(
                                "tags",
                                "tagKeys",
                                "filter.artifactTypes",
                                "resourceTags",
                                "appliedFor",
                                "prefixes",
                                "rules",
                                "rules.1.member.repositoryFilters",
                                "signingConfiguration.rules",
                                "replicationConfiguration.rules",
                                "replicationConfiguration.rules.1.member.destinations")
                        .contains(site.name())
                ? null
                : "has no elements";
    }

    private static DynamicTest test(
            String label, String input, ModelSites.Site site, @Nullable JsonNode value, @Nullable String expected) {
        return dynamicTest(label, () -> {
            var document = ModelSites.example(input);
            put(document, site.pointer(), value);
            if (expected == null) {
                check(input, document);
            } else if (expected.equals(ModelBounds.WRONG_TYPE)) {
                assertThatThrownBy(() -> check(input, document))
                        .isInstanceOfSatisfying(
                                ApiException.class,
                                e -> assertThat(e.error().code()).isEqualTo("SerializationException"));
            } else {
                assertThatThrownBy(() -> check(input, document))
                        .isInstanceOf(RegistryException.class)
                        .hasMessage("Invalid parameter at '%s' failed to satisfy constraint: '%s'"
                                .formatted(site.name(), worded(site, expected)));
            }
        });
    }

    private static String worded(ModelSites.Site site, String expected) {
        if (expected.equals("has no elements")) {
            return "Member must have length greater than or equal to 1";
        }
        if (site.isElement()) {
            return "Member must satisfy constraint: [Member " + expected + "]";
        }
        if (!site.name().equals("repositoryName") || expected.equals("must not be null")) {
            return "Member " + expected;
        }
        return expected.contains("pattern: ") ? expected.replace("pattern: ", "'") + "'" : expected;
    }

    private static void put(JsonNode document, String pointer, @Nullable JsonNode value) {
        var parent = document.at(pointer.substring(0, pointer.lastIndexOf('/')));
        var name = pointer.substring(pointer.lastIndexOf('/') + 1);
        switch (parent) {
            case ObjectNode object when value == null -> object.remove(name);
            case ObjectNode object -> object.set(name, value);
            case ArrayNode array when value == null -> array.remove(0);
            case ArrayNode array -> array.set(0, value);
            default -> throw new AssertionError(pointer);
        }
    }

    private static void check(String structure, JsonNode document) throws IOException {
        check(structure, ModelFacts.MAPPER.writeValueAsString(document));
    }

    private static void check(String structure, String json) throws IOException {
        CHECK.check(structure, ModelReader.read(MODEL, EcrErrors.WORDS, structure, Documents.of(json)));
    }

    @TestFactory
    Stream<DynamicTest> unknown_members_are_ignored() {
        return ModelFacts.BUILT.stream()
                .map(ModelFacts::input)
                .map(input -> dynamicTest(input, () -> {
                    var document = (ObjectNode) ModelSites.example(input);
                    document.put("unknown", 1)
                            .putObject("Unknown")
                            .putArray("x")
                            .add(true);
                    check(input, document);
                }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                             | repositoryName
            {"layerDigests":[],"uploadId":"x"}                             | repositoryName
            {"layerDigests":[],"uploadId":"x","repositoryName":"ab"}       | uploadId
            {"layerDigests":[],"repositoryName":"A","registryId":"1"}      | registryId
            {"repositoryName":"ab","layerDigests":["!"]}                   | uploadId
            """)
    void the_first_violation_in_the_models_order_is_told(String json, String parameter) {
        assertThatThrownBy(() -> check("CompleteLayerUploadRequest", json))
                .hasMessageContaining("at '" + parameter + "'");
    }

    @Test
    void a_length_is_told_before_a_pattern() {
        assertThatThrownBy(() ->
                        check("DeleteRepositoryRequest", "{\"repositoryName\":\"%s\"}".formatted("!".repeat(257))))
                .hasMessageEndingWith("'must have length less than or equal to 256'");
    }

    @Test
    void texts_made_to_slow_the_patterns_down_are_answered_at_once() throws IOException {
        for (var evil : List.of(
                "a".repeat(254) + "!", "a-".repeat(127) + "!", "a/".repeat(127) + "!", "a__".repeat(84) + "/")) {
            assertThatThrownBy(() -> check("DeleteRepositoryRequest", "{\"repositoryName\":\"%s\"}".formatted(evil)))
                    .hasMessageContaining("regular expression");
        }
        var digest = "{\"repositoryName\":\"ab\",\"layerDigest\":\"%s\"}".formatted("a+".repeat(32_000));
        assertThatThrownBy(() -> check("GetDownloadUrlForLayerRequest", digest)).hasMessageContaining("pattern");
        check("DeleteRepositoryRequest", "{\"repositoryName\":\"%s\"}".formatted("a".repeat(256)));
    }
}
