package entrepot.auth.policy;

/// What stands between two stars of a [Glob]: characters, and [#ONE] for any.
final class GlobRun {

    static final int ONE = -2;

    private final int[] symbols;
    private final boolean plain;

    GlobRun(int[] symbols) {
        this.symbols = symbols;
        this.plain = !contains(symbols, ONE);
    }

    private static boolean contains(int[] symbols, int sought) {
        for (var symbol : symbols) {
            if (symbol == sought) {
                return true;
            }
        }
        return false;
    }

    int length() {
        return symbols.length;
    }

    /// Whether the text goes on so from there. It must be long enough.
    boolean standsAt(String text, int start, boolean ignoringCase) {
        for (var each = 0; each < symbols.length; each++) {
            if (!isSame(symbols[each], text.charAt(start + each), ignoringCase)) {
                return false;
            }
        }
        return true;
    }

    /// The first place at or after `from` where the text goes on so; -1 if there is none.
    int find(String text, int from, boolean ignoringCase) {
        return plain ? findPlain(text, from, ignoringCase) : findAnywhere(text, from, ignoringCase);
    }

    private int findAnywhere(String text, int from, boolean ignoringCase) {
        for (var start = from; start + symbols.length <= text.length(); start++) {
            if (standsAt(text, start, ignoringCase)) {
                return start;
            }
        }
        return -1;
    }

    /// No character is looked at twice (Knuth, Morris and Pratt, "Fast Pattern Matching in Strings").
    private int findPlain(String text, int from, boolean ignoringCase) {
        var borders = borders(ignoringCase);
        var found = 0;
        for (var at = from; at < text.length() && found < symbols.length; at++) {
            found = advance(found, text.charAt(at), borders, ignoringCase);
            if (found == symbols.length) {
                return at + 1 - found;
            }
        }
        return symbols.length == 0 ? from : -1;
    }

    /// For each of its beginnings, how long the longest shorter beginning is that it ends with.
    private int[] borders(boolean ignoringCase) {
        var borders = new int[symbols.length + 1];
        for (var length = 2; length <= symbols.length; length++) {
            borders[length] = advance(borders[length - 1], symbols[length - 1], borders, ignoringCase);
        }
        return borders;
    }

    /// How much of it stands before and with this character, given how much stood before it.
    private int advance(int found, int character, int[] borders, boolean ignoringCase) {
        var before = found;
        while (before > 0 && !isSame(symbols[before], character, ignoringCase)) {
            before = borders[before];
        }
        return isSame(symbols[before], character, ignoringCase) ? before + 1 : before;
    }

    private static boolean isSame(int symbol, int character, boolean ignoringCase) {
        return symbol == ONE || symbol == character || (ignoringCase && fold(symbol) == fold(character));
    }

    private static int fold(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }
}
