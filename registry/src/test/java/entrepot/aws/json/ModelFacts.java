package entrepot.aws.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The model's table as it is written, read by other code than the registry's.
public final class ModelFacts {

    static final JsonMapper MAPPER = new JsonMapper();
    public static final JsonNode TABLE = table();

    /// The operations that this registry has.
    static final List<String> BUILT =
            BuiltOperations.all().map(Class::getSimpleName).toList();

    private ModelFacts() {}

    static JsonNode shape(String name) {
        return TABLE.get("shapes").get(name);
    }

    static String input(String operation) {
        return TABLE.get("operations").get(operation).get("input").asString();
    }

    static String type(String shape) {
        return shape(shape).get("type").asString();
    }

    private static JsonNode table() {
        try (var file = ModelFacts.class.getResourceAsStream("/entrepot/aws/ecr.json")) {
            return MAPPER.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
