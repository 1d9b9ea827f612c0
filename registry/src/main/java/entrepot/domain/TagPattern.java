package entrepot.domain;

import java.util.List;

/// A pattern for whole tags and other names, in which `*` stands for any number of characters.
public final class TagPattern {

    private final String text;
    private final List<String> pieces;

    private TagPattern(String text, List<String> pieces) {
        this.text = text;
        this.pieces = pieces;
    }

    public static TagPattern of(String text) {
        return new TagPattern(text, List.of(text.split("\\*", -1)));
    }

    /// All tags that begin so. A `*` in it is none in particular, hence in no tag.
    public static TagPattern ofPrefix(String prefix) {
        return new TagPattern(prefix, List.of(prefix, ""));
    }

    /// How many `*` there are in a pattern's text.
    public static long wildcards(String text) {
        return text.chars().filter(c -> c == '*').count();
    }

    public boolean matches(Tag tag) {
        return matches(tag.name());
    }

    /// Linear in both lengths: pieces are found from the left, the last one at the right end.
    public boolean matches(String name) {
        if (pieces.size() == 1) {
            return name.equals(text);
        }
        return name.startsWith(pieces.getFirst()) && endsBehind(name, middle(name));
    }

    /// Where the pieces between the first and the last one end; below 0 if one is not there.
    private int middle(String name) {
        int at = pieces.getFirst().length();
        for (int i = 1; i < pieces.size() - 1; i++) {
            var found = name.indexOf(pieces.get(i), at);
            if (found < 0) {
                return -1;
            }
            at = found + pieces.get(i).length();
        }
        return at;
    }

    private boolean endsBehind(String name, int at) {
        var last = pieces.getLast();
        return at >= 0 && name.length() - last.length() >= at && name.endsWith(last);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TagPattern pattern && pattern.text.equals(text) && pattern.pieces.equals(pieces);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
