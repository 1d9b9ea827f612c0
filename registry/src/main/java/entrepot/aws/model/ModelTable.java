package entrepot.aws.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads a table as a stream, since every start waits for it.
final class ModelTable {

    private String target = "";
    private Map<String, ApiModel.Signature> operations = Map.of();
    private Map<String, Shape> shapes = Map.of();

    private ModelTable() {}

    static ApiModel read(Class<?> neighbour, String name) {
        try (var file = Objects.requireNonNull(neighbour.getResourceAsStream(name));
                var json = new JsonFactory().createParser(ObjectReadContext.empty(), file)) {
            json.nextToken();
            var table = new ModelTable();
            entries(json, table::entry);
            return new ApiModel(table.target, table.operations, table.shapes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void entry(String name, JsonParser json) {
        switch (name) {
            case "target" -> target = json.getString();
            case "operations" -> operations = map(json, ModelTable::signature);
            case "shapes" -> shapes = map(json, ShapeFacts::read);
            default -> throw new IllegalStateException("a model has no place for " + name);
        }
    }

    private static ApiModel.Signature signature(JsonParser json) {
        var names = new LinkedHashMap<String, String>();
        var errors = new ArrayList<String>();
        entries(json, (key, value) -> {
            if (key.equals("errors")) {
                errors.addAll(strings(value));
            } else {
                names.put(key, value.getString());
            }
        });
        return new ApiModel.Signature(names.getOrDefault("input", ""), names.getOrDefault("output", ""), errors);
    }

    /// What to do with one member of an object; the parser stands at its value, and is left at its last token.
    interface Entry {
        void read(String name, JsonParser value);
    }

    static void entries(JsonParser json, Entry entry) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            entry.read(name, json);
        }
    }

    static <T> Map<String, T> map(JsonParser json, Function<JsonParser, T> value) {
        var map = new LinkedHashMap<String, T>();
        entries(json, (name, at) -> map.put(name, value.apply(at)));
        return map;
    }

    static List<String> strings(JsonParser json) {
        var strings = new ArrayList<String>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            strings.add(json.getString());
        }
        return strings;
    }
}
