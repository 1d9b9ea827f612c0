package entrepot.probe;

import entrepot.upstream.EcrApi;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// An answer of the JSON API, read.
///
/// @param json missing where the body is none
record Heard(int status, String contentType, JsonNode json) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 160;

    static Heard of(EcrApi.Answer answer) {
        return new Heard(answer.status(), answer.contentType(), read(answer.body()));
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /// Whether no answer came.
    boolean isNothing() {
        return status == 0;
    }

    boolean isGood() {
        return status / 100 == 2;
    }

    /// The name of the refusal, without a namespace; empty for none.
    String type() {
        return json.path("__type").asString("").replaceFirst("^.*#", "");
    }

    String message() {
        return json.path("message").asString(json.path("Message").asString(""));
    }

    boolean isThrottled() {
        return status == 429 || type().startsWith("Throttling") || type().startsWith("TooManyRequests");
    }

    /// In one short line.
    String brief() {
        var text = isGood() ? "" + status : "%d %s %s".formatted(status, type(), message());
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
