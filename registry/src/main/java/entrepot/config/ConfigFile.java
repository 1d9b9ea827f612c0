package entrepot.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// The YAML file as text by key: levels joined by a point, items of a list by a comma; those that have keys of their
/// own are levels by number. Values stay as they are
/// written, so that `account: 000000000012` keeps its zeros.
final class ConfigFile {

    private final Path file;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private ConfigFile(Path file) {
        this.file = file;
    }

    /// Of no file.
    static ConfigFile none() {
        return new ConfigFile(Path.of(""));
    }

    static ConfigFile read(Path path) {
        var file = new ConfigFile(path);
        if (!Files.isReadable(path)) {
            throw file.refused("there is no such file, or it cannot be read");
        }
        try (var parser = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .createParser(ObjectReadContext.empty(), path)) {
            file.document(parser);
        } catch (JacksonException e) {
            throw file.refused(
                    e.getLocation().getLineNr(),
                    e.getOriginalMessage().lines().findFirst().orElse("not YAML"));
        }
        return file;
    }

    Map<String, String> values() {
        return values;
    }

    Places places() {
        return new Places(file, lines);
    }

    private void document(JsonParser parser) {
        var first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            object(parser, "");
        } else if (first != null) {
            throw refused("it must have keys and values");
        }
    }

    private void object(JsonParser parser, String prefix) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var key = prefix + parser.currentName();
            lines.put(key, parser.currentTokenLocation().getLineNr());
            switch (parser.nextToken()) {
                case START_OBJECT -> object(parser, key + ".");
                case START_ARRAY -> list(parser, key);
                case VALUE_NULL -> values.put(key, "");
                default -> values.put(key, parser.getString());
            }
        }
    }

    private void list(JsonParser parser, String key) {
        var items = new StringJoiner(",");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                lines.put(key + "." + i, parser.currentTokenLocation().getLineNr());
                object(parser, key + "." + i + ".");
            } else if (parser.currentToken().isScalarValue()) {
                items.add(parser.getString());
                values.put(key, items.toString());
            } else {
                throw places().of(new ConfigException(key + " must be a list of texts"));
            }
        }
    }

    private ConfigException refused(int line, String why) {
        return new ConfigException("%s:%d: %s".formatted(file, line, why));
    }

    private ConfigException refused(String why) {
        return new ConfigException("%s: %s".formatted(file, why));
    }
}
