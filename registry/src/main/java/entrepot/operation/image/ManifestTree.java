package entrepot.operation.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.ManifestBytes;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// One JSON object as a tree: objects as maps, arrays as lists, integers as Integer, Long or BigInteger. What has too
/// many parts is refused before any of them is held.
record ManifestTree(JsonParser json) {

    private static final int DEEPEST = 64;

    /// More than an index of 4 MiB needs, whose entries have 14 of 220 bytes. Four MiB of `{},` would become a hundred
    /// of memory.
    private static final int MOST_TOKENS = 320_000;

    /// Names are not kept for the next manifest: most are there once, and what many were kept for would be memory.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxTokenCount(MOST_TOKENS)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    /// Null if it is JSON and not one object. Fails as the parser does, with
    /// [java.nio.charset.CharacterCodingException] as
    /// the cause where it is not in UTF-8.
    static @Nullable Map<String, ?> read(ManifestBytes manifest) {
        if (manifest.length() > MOST_TOKENS) { // each token takes a byte at least
            count(manifest);
        }
        try (var json = parser(manifest)) {
            return new ManifestTree(json).document();
        }
    }

    private static void count(ManifestBytes manifest) {
        try (var json = parser(manifest)) {
            while (json.nextToken() != null) {}
        }
    }

    private static JsonParser parser(ManifestBytes manifest) {
        Reader text = new InputStreamReader(manifest.open(), UTF_8.newDecoder());
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    private @Nullable Map<String, ?> document() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        var object = object();
        return json.nextToken() == null ? object : null;
    }

    private Map<String, ?> object() {
        var members = new LinkedHashMap<String, @Nullable Object>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            if (members.containsKey(name)) {
                throw new StreamReadException(json, "a name is there twice", json.currentTokenLocation());
            }
            json.nextToken();
            members.put(name, value());
        }
        return members;
    }

    private List<?> array() {
        var items = new ArrayList<@Nullable Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return items;
    }

    private @Nullable Object value() {
        return switch (json.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
