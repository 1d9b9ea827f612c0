package entrepot.console.page;

/// JSON as people read it.
final class Texts {

    /// In characters; a longer text is shown as it came.
    private static final int LONGEST = 256 << 10;

    private Texts() {}

    /// The same, a member a line; as it is where it is no JSON.
    static String indented(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        var json = BoundedJson.read(text);
        return json.isMissingNode() ? text : json.toPrettyString();
    }
}
