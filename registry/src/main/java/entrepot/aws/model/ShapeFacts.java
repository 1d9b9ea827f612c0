package entrepot.aws.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/// The facts of one shape while they are read from a table.
final class ShapeFacts {

    private String type = "";
    private String part = "";
    private @Nullable String pattern;
    private long least = Long.MIN_VALUE;
    private long most = Long.MAX_VALUE;
    private List<String> values = List.of();
    private Map<String, String> members = Map.of();
    private Set<String> required = Set.of();

    private ShapeFacts() {}

    static Shape read(JsonParser json) {
        var facts = new ShapeFacts();
        ModelTable.entries(json, facts::fact);
        return facts.shape();
    }

    private void fact(String name, JsonParser json) {
        switch (name) {
            case "type" -> type = json.getString();
            case "min" -> least = json.getLongValue();
            case "max" -> most = json.getLongValue();
            case "pattern" -> pattern = json.getString();
            case "enum" -> values = ModelTable.strings(json);
            case "members" -> members = ModelTable.map(json, JsonParser::getString);
            case "required" -> required = Set.copyOf(ModelTable.strings(json));
            case "member", "value" -> part = json.getString();
            case "key", "exception", "fault" -> json.skipChildren();
            default -> throw new IllegalStateException("a model: no shape has " + name);
        }
    }

    private Shape shape() {
        var bounds = new Bounds(least, most);
        return switch (type) {
            case "structure" -> new Shape.Structure(members, required);
            case "list" -> new Shape.ListOf(part, bounds);
            case "map" -> new Shape.MapOf(part);
            case "string" -> new Shape.Text(bounds, pattern, values);
            case "integer", "long" -> new Shape.Whole(bounds);
            case "double" -> new Shape.Decimal();
            case "boolean" -> new Shape.Flag();
            case "timestamp" -> new Shape.Time();
            case "blob" -> new Shape.Blob(bounds);
            default -> throw new IllegalStateException("a model: no shape is a " + type);
        };
    }
}
