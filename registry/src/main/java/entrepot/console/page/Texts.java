package entrepot.console.page;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// JSON as people read it.
final class Texts {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// In characters; a longer text is shown as it came.
    private static final int LONGEST = 256 << 10;

    private Texts() {}

    /// The same, a member a line; as it is where it is no JSON.
    static String indented(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        try {
            return JSON.readTree(text).toPrettyString();
        } catch (JacksonException e) {
            return text;
        }
    }
}
