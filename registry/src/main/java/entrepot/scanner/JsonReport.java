package entrepot.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// What a scanner wrote: one JSON object, read once from its begin to its end.
record JsonReport(Path file) {

    private static final int LONGEST_TEXT = 1 << 20;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_NUMBER = 100;
    private static final int DEEPEST = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build();

    static ScanFailedException unreadable() {
        return new ScanFailedException("The scanner's report cannot be read");
    }

    /// Gives each element of an array to somebody: that of a member, or the one in each element of a member.
    ///
    /// @param path the names of the members
    /// @param required a member that it must have
    /// @throws ScanFailedException if it is no object, or has no such member
    void each(List<String> path, String required, Consumer<BoundedTree> elements) throws IOException {
        try (var bytes = Files.newInputStream(file);
                var parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || !members(parser, path, elements).contains(required)) {
                throw unreadable();
            }
        } catch (JacksonException e) {
            throw unreadable();
        }
    }

    /// Reads the object that the parser is at. Gives those of these names that it has.
    private static Set<String> members(JsonParser parser, List<String> path, Consumer<BoundedTree> elements) {
        var names = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            if (names.size() < DEEPEST) {
                names.add(name);
            }
            if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(path.getFirst())) {
                array(parser, path.subList(1, path.size()), elements);
            } else {
                parser.skipChildren();
            }
        }
        return names;
    }

    private static void array(JsonParser parser, List<String> rest, Consumer<BoundedTree> elements) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (rest.isEmpty()) {
                elements.accept(BoundedTree.read(parser));
            } else if (parser.currentToken() == JsonToken.START_OBJECT) {
                members(parser, rest, elements);
            } else {
                parser.skipChildren();
            }
        }
    }
}
