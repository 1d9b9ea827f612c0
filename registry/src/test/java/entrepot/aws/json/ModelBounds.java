package entrepot.aws.json;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Values on both sides of every bound that the model's table sets for a shape, and what is to be said of each.
final class ModelBounds {

    /// @param expected ECR's words for it, without `Member`; null for a value that is fine
    record Value(String label, JsonNode json, @Nullable String expected) {}

    /// Stands for a value of a type that the shape is not.
    static final String WRONG_TYPE = "wrong type";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String shape;
    private final JsonNode facts;
    private final List<Value> values = new ArrayList<>();

    private ModelBounds(String shape) {
        this.shape = shape;
        this.facts = ModelFacts.shape(shape);
    }

    static List<Value> of(String shape) {
        var bounds = new ModelBounds(shape);
        bounds.wrongTypes();
        switch (ModelFacts.type(shape)) {
            case "string" -> bounds.texts();
            case "integer", "long" -> bounds.numbers();
            case "list" -> bounds.lists();
            case "blob" -> bounds.blobs();
            default -> {}
        }
        return bounds.values;
    }

    private void wrongTypes() {
        var all = List.of(
                JSON.stringNode("!"),
                JSON.numberNode(1),
                JSON.numberNode(1.5),
                JSON.booleanNode(true),
                JSON.objectNode(),
                JSON.arrayNode());
        all.stream()
                .filter(json ->
                        !json.getNodeType().equals(ModelSites.example(shape).getNodeType()) || json.isDouble())
                .forEach(json -> add(json.toString(), json, WRONG_TYPE));
    }

    private void texts() {
        if (facts.has("enum")) {
            enumeration();
            return;
        }
        long most = facts.has("max") ? facts.get("max").asLong() : 65_536;
        long least = facts.path("min").asLong(0);
        if (!facts.has("pattern") || facts.has("max")) {
            add("longest", wellFormed(most), null);
            add("too long", wellFormed(most + 1), "must have length less than or equal to " + most);
        }
        add("much too long", text(5_000_000), "must have length less than or equal to " + most);
        if (least > 0) {
            if (isOfTheForm(text(least).asString())) {
                add("shortest", text(least), null);
            }
            add("too short", text(least - 1), "must have length greater than or equal to " + least);
        }
        pattern();
    }

    /// Of so many letters, behind an example where letters alone have not the form.
    private JsonNode wellFormed(long length) {
        var letters = text(length);
        var example = ModelSites.example(shape).asString();
        return isOfTheForm(letters.asString())
                ? letters
                : JSON.stringNode(example + "a".repeat((int) length - example.length()));
    }

    private boolean isOfTheForm(String text) {
        return Pattern.compile(facts.path("pattern").asString("")).matcher(text).find();
    }

    private void pattern() {
        if (facts.has("pattern")) {
            var expected = "must satisfy regular expression pattern: "
                    + facts.get("pattern").asString();
            add("!!", JSON.stringNode("!".repeat(Math.max(2, facts.path("min").asInt(0)))), expected);
            add("with a line end", JSON.stringNode(ModelSites.example(shape).asString() + "\n"), expected);
            add(
                    "after a line end",
                    JSON.stringNode("\n" + ModelSites.example(shape).asString()),
                    expected);
        }
    }

    private void enumeration() {
        var names = StreamSupport.stream(facts.get("enum").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
        names.forEach(name -> add(name, JSON.stringNode(name), null));
        var expected = "must satisfy enum value set: " + names.stream().collect(Collectors.joining(", ", "[", "]"));
        add("NOPE", JSON.stringNode("NOPE"), expected);
        add("no name", JSON.stringNode(""), expected);
        add("other case", JSON.stringNode(otherCase(names.getFirst())), expected);
    }

    private static String otherCase(String name) {
        var upper = name.toUpperCase(java.util.Locale.ROOT);
        return name.equals(upper) ? name.toLowerCase(java.util.Locale.ROOT) : upper;
    }

    private void numbers() {
        if (facts.has("min")) {
            long least = facts.get("min").asLong();
            add("least", JSON.numberNode(least), null);
            add("too small", JSON.numberNode(least - 1), "must have value greater than or equal to " + least);
            add("much too small", JSON.numberNode(Long.MIN_VALUE), "must have value greater than or equal to " + least);
        }
        if (facts.has("max")) {
            long most = facts.get("max").asLong();
            add("most", JSON.numberNode(most), null);
            add("too large", JSON.numberNode(most + 1), "must have value less than or equal to " + most);
            add("much too large", JSON.numberNode(Long.MAX_VALUE), "must have value less than or equal to " + most);
        }
    }

    private void lists() {
        int most = facts.path("max").asInt(1_000);
        add("longest", list(most), null);
        add("too long", list(most + 1), "must have length less than or equal to " + most);
        add("much too long", list(most + 1_000), "must have length less than or equal to " + most);
        int least = facts.path("min").asInt(0);
        add("empty", list(0), least == 0 ? null : "must have length greater than or equal to " + least);
    }

    private JsonNode list(int length) {
        var list = JSON.arrayNode();
        for (int i = 0; i < length; i++) {
            list.add(ModelSites.example(facts.get("member").asString()));
        }
        return list;
    }

    private void blobs() {
        int most = facts.get("max").asInt();
        add("no bytes", JSON.stringNode(""), null);
        add("longest", base64(most), null);
        add("too long", base64(most + 1), "must have length less than or equal to " + most);
        add("not Base64", JSON.stringNode("!"), WRONG_TYPE);
    }

    private static JsonNode base64(int length) {
        return JSON.stringNode(Base64.getEncoder().encodeToString(new byte[length]));
    }

    private static JsonNode text(long length) {
        return JSON.stringNode("a".repeat((int) length));
    }

    private void add(String label, JsonNode json, @Nullable String expected) {
        values.add(new Value(label, json, expected));
    }
}
