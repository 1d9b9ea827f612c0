package entrepot.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// On which line of a YAML file its keys stand. A key of an item has the item's number in it, from 0.
///
/// @param lines by key, from 1
record YamlLines(Path file, Map<String, Integer> lines) {

    private static final Pattern KEY = Pattern.compile("\\b[a-z][a-z-]*(\\.[a-z0-9-]+)*");

    static YamlLines read(Path file) {
        var found = new YamlLines(file, new HashMap<>());
        try (var parser = YAMLFactory.builder().build().createParser(ObjectReadContext.empty(), file)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                found.object(parser, "");
            }
            return found;
        } catch (JacksonException e) {
            var why = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
            throw new ConfigException(
                    "%s:%d: %s".formatted(file, e.getLocation().getLineNr(), why));
        }
    }

    private void object(JsonParser parser, String prefix) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var key = prefix + parser.currentName();
            lines.put(key, parser.currentTokenLocation().getLineNr());
            parser.nextToken();
            below(parser, key);
        }
    }

    private void below(JsonParser parser, String key) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            object(parser, key + ".");
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                lines.put(key + "." + i, parser.currentTokenLocation().getLineNr());
                below(parser, key + "." + i);
            }
        }
    }

    /// The same words, after the file and the line of the first key in them.
    ConfigException located(String words) {
        var key = KEY.matcher(words);
        while (key.find()) {
            var line = line(key.group());
            if (line > 0) {
                return new ConfigException("%s:%d: %s".formatted(file, line, words));
            }
        }
        return new ConfigException("%s: %s".formatted(file, words));
    }

    /// That of the key, or of the nearest one above it that is there; 0 for none.
    private int line(String key) {
        var name = key;
        while (!lines.containsKey(name) && name.indexOf('.') > 0) {
            name = name.substring(0, name.lastIndexOf('.'));
        }
        return lines.getOrDefault(name, 0);
    }
}
