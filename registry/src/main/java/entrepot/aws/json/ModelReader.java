package entrepot.aws.json;

import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Shape;
import entrepot.aws.protocol.ApiException;
import entrepot.domain.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads one JSON document along a structure of the model, as a stream, into a plain tree of Map, List, String, Long,
/// Double, Boolean and, for bytes, [Content]. Members that the model does not have are passed over; a null member is
/// as good as absent.
///
/// Every refusal is a `SerializationException`, but for a text too long to be held, which is refused where it
/// stands in the words of [ModelCheck].
final class ModelReader {

    private final ApiModel model;
    private final JsonDialect words;
    private final JsonFactory factory;
    private final JsonSource source;
    private final JsonParser json;

    private ModelReader(ApiModel model, JsonDialect words, JsonFactory factory, JsonSource source, JsonParser json) {
        this.model = model;
        this.words = words;
        this.factory = factory;
        this.source = source;
        this.json = json;
    }

    /// A document of no bytes at all is read as `{}` (Smithy, AWS JSON 1.1: servers accept no payload).
    static Map<String, Object> read(ApiModel model, JsonDialect words, String structure, JsonSource source)
            throws IOException {
        var factory = JsonLimits.factory(model, model.structure(structure));
        try (var json = factory.createParser(ObjectReadContext.empty(), source.text())) {
            return new ModelReader(model, words, factory, source, json).document(model.structure(structure));
        } catch (JacksonIOException e) {
            throw ofSource(e);
        } catch (JacksonException e) {
            throw JsonDialect.serialization("The request's body is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static RuntimeException ofSource(JacksonIOException e) {
        return e.getCause() instanceof CharacterCodingException
                ? JsonDialect.serialization("The request's body is not valid UTF-8.")
                : new UncheckedIOException(e.getCause());
    }

    private Map<String, Object> document(Shape.Structure shape) {
        if (json.nextToken() == null) {
            return Map.of();
        }
        var tree = structure(shape, "");
        if (json.nextToken() != null) {
            throw JsonDialect.serialization("The request's body goes on after its JSON object.");
        }
        return tree;
    }

    /// @param prefix what stands before a member's name in its path
    private Map<String, Object> structure(Shape.Structure shape, String prefix) {
        expect(JsonToken.START_OBJECT, "an object", prefix);
        var tree = new LinkedHashMap<String, Object>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            var member = shape.members().get(name);
            if (member == null) {
                json.skipChildren();
            } else {
                put(tree, name, value(model.shape(member), prefix + name));
            }
        }
        return tree;
    }

    private static void put(Map<String, Object> tree, String name, @Nullable Object value) {
        if (value != null && tree.put(name, value) != null) {
            throw twice(name);
        }
    }

    private static ApiException twice(String name) {
        return JsonDialect.serialization("The member '%s' is there twice.".formatted(name));
    }

    private @Nullable Object value(Shape shape, String path) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (shape) {
            case Shape.Structure structure -> structure(structure, path + ".");
            case Shape.ListOf list -> list(list, path);
            case Shape.MapOf map -> map(map, path);
            case Shape.Text text -> text(text, path);
            case Shape.Whole _ -> whole(path);
            case Shape.Decimal _ -> decimal(path);
            case Shape.Flag _ -> flag(path);
            case Shape.Blob _ -> blob(path);
            case Shape.Time _ -> throw new IllegalStateException("the model has times only in answers");
        };
    }

    /// At most one element more than allowed is kept, which is enough to see that there are too many.
    private List<@Nullable Object> list(Shape.ListOf shape, String path) {
        expect(JsonToken.START_ARRAY, "a list", path);
        var element = model.shape(shape.element());
        var most = JsonLimits.longest(shape);
        var list = new ArrayList<@Nullable Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (list.size() > most) {
                json.skipChildren();
            } else {
                list.add(element(element, path, list.size() + 1));
            }
        }
        return list;
    }

    private @Nullable Object element(Shape shape, String path, int number) {
        if (shape instanceof Shape.Text text && json.currentToken() == JsonToken.VALUE_STRING) {
            return string(() -> words.invalid(path, ModelCheck.tooLongElement(text)));
        }
        return value(shape, "%s.%d.member".formatted(path, number));
    }

    /// A null value is kept, for [ModelCheck] to refuse: without it the map would be another one.
    private Map<String, @Nullable Object> map(Shape.MapOf shape, String path) {
        expect(JsonToken.START_OBJECT, "an object", path);
        var map = new LinkedHashMap<String, @Nullable Object>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var key = json.currentName();
            json.nextToken();
            if (map.containsKey(key)) {
                throw twice(key);
            }
            map.put(key, value(model.shape(shape.value()), path));
        }
        return map;
    }

    private String text(Shape.Text shape, String path) {
        expect(JsonToken.VALUE_STRING, "a string", path);
        return string(() -> words.invalid(path, ModelCheck.tooLong(shape)));
    }

    private String string(Supplier<RuntimeException> tooLong) {
        try {
            return json.getString();
        } catch (StreamConstraintsException _) {
            throw tooLong.get();
        }
    }

    private Long whole(String path) {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number", path);
        return json.getLongValue();
    }

    private Double decimal(String path) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            expect(JsonToken.VALUE_NUMBER_FLOAT, "a number", path);
        }
        return json.getDoubleValue();
    }

    private Boolean flag(String path) {
        if (json.currentToken() != JsonToken.VALUE_TRUE) {
            expect(JsonToken.VALUE_FALSE, "true or false", path);
        }
        return json.getBooleanValue();
    }

    private Content blob(String path) {
        expect(JsonToken.VALUE_STRING, "a string of Base64", path);
        var position = json.currentTokenLocation().getCharOffset();
        try {
            var length = json.readBinaryValue(OutputStream.nullOutputStream());
            return new BlobMember(factory, source, position, length);
        } catch (JacksonIOException e) {
            throw e;
        } catch (JacksonException _) {
            throw JsonDialect.serialization("Expected Base64 at '%s'.".formatted(path));
        }
    }

    private void expect(JsonToken token, String what, String path) {
        if (json.currentToken() != token) {
            var where = path.isEmpty() ? "the request's body" : "'" + path + "'";
            throw JsonDialect.serialization("Expected %s at %s.".formatted(what, where));
        }
    }
}
