package entrepot.scanner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A value of a document that nobody vouches for, as far as there is room for it: long texts are cut, and what is too
/// much or too deep is left out. It takes as little memory whatever the document says.
///
/// @param value a Map, List, String or Double; null for all else
record BoundedTree(@Nullable Object value) {

    private static final BoundedTree NOTHING = new BoundedTree(null);
    private static final int DEEPEST = 8;
    private static final int MOST_ELEMENTS = 32;
    private static final int MOST_VALUES = 1_000;

    /// In characters.
    private static final int LONGEST = 2_000;

    /// Reads the value that the parser is at; it is at its end afterwards.
    static BoundedTree read(JsonParser parser) {
        return new BoundedTree(new Reading(parser).value(0));
    }

    private static final class Reading {
        private final JsonParser parser;
        private int values;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        @Nullable
        Object value(int depth) {
            values++;
            if (values > MOST_VALUES || depth > DEEPEST) {
                parser.skipChildren();
                return null;
            }
            return switch (parser.currentToken()) {
                case START_OBJECT -> object(depth);
                case START_ARRAY -> array(depth);
                case VALUE_STRING -> cut(parser.getString());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                default -> null;
            };
        }

        private Map<String, Object> object(int depth) {
            var members = new LinkedHashMap<String, Object>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                var value = value(depth + 1);
                if (value != null) {
                    members.put(name, value);
                }
            }
            return members;
        }

        private List<Object> array(int depth) {
            var elements = new ArrayList<Object>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (elements.size() >= MOST_ELEMENTS) {
                    parser.skipChildren();
                } else {
                    var value = value(depth + 1);
                    if (value != null) {
                        elements.add(value);
                    }
                }
            }
            return elements;
        }

        private static String cut(String text) {
            return text.substring(0, Math.min(LONGEST, text.length())).replace("\0", "");
        }
    }

    /// A member of an object, or nothing.
    BoundedTree get(String name) {
        return value instanceof Map<?, ?> map ? new BoundedTree(map.get(name)) : NOTHING;
    }

    /// The elements of an array, or none.
    Stream<BoundedTree> elements() {
        return value instanceof List<?> list ? list.stream().map(BoundedTree::new) : Stream.empty();
    }

    BoundedTree first() {
        return elements().findFirst().orElse(NOTHING);
    }

    /// Each member of an object by its name, or none.
    Stream<Map.Entry<String, BoundedTree>> members() {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(entry -> Map.entry(String.valueOf(entry.getKey()), new BoundedTree(entry.getValue())))
                : Stream.empty();
    }

    /// The text that it is, or none.
    String text() {
        return value instanceof String text ? text : "";
    }

    double number() {
        return value instanceof Double number ? number : 0;
    }
}
