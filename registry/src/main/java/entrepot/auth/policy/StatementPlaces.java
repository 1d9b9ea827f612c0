package entrepot.auth.policy;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/// Where the statements of a document stand in its text.
///
/// @param start of the statement's first character
/// @param end behind its last one
public record StatementPlaces(Position start, Position end) {

    /// Of each statement, in their order.
    ///
    /// @param text of a document
    public static List<StatementPlaces> of(String text) {
        var places = new ArrayList<StatementPlaces>();
        try (var parser = PolicyJson.parser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var isStatement = parser.currentName().equals("Statement");
                parser.nextToken();
                if (isStatement) {
                    statements(parser, places);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return places;
    }

    private static void statements(JsonParser parser, List<StatementPlaces> places) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            places.add(one(parser));
            return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            places.add(one(parser));
        }
    }

    private static StatementPlaces one(JsonParser parser) {
        var start = position(parser.currentTokenLocation());
        parser.skipChildren();
        return new StatementPlaces(start, position(parser.currentLocation()));
    }

    private static Position position(TokenStreamLocation at) {
        return new Position(at.getLineNr(), at.getColumnNr());
    }
}
