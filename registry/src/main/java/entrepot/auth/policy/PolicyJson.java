package entrepot.auth.policy;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON read strictly, and laid out as ECR does.
final class PolicyJson {

    /// A condition's list of values stands at 6.
    private static final int DEEPEST = 8;

    /// Policies of AWS's sizes have a few thousand.
    private static final int MOST_TOKENS = 20_000;

    private static final int LONGEST_NUMBER = 40;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_TOKENS)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private PolicyJson() {}

    static Map<?, ?> read(String text) {
        try {
            return Json.object(JSON.readValue(text, Object.class));
        } catch (JacksonException e) {
            throw new MalformedPolicyException("The policy is not in the valid JSON format.");
        }
    }

    /// Of a text that [#read] takes.
    static JsonParser parser(String text) {
        return JSON.createParser(text);
    }

    static String pretty(String text) {
        return pretty(read(text));
    }

    static String pretty(Map<?, ?> document) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }
}
