package entrepot.auth.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A text in which `*` stands for any characters and `?` for any one. Matching takes at most as many steps as the
/// lengths of both multiplied: only the last `*` is ever tried again.
final class Glob {

    private static final int MANY = -1;
    private static final int ONE = -2;

    private final int[] symbols;

    private Glob(int[] symbols) {
        this.symbols = symbols;
    }

    static Glob of(String text) {
        return new Glob(text.chars().map(Glob::symbol).toArray());
    }

    /// A text that means itself, stars and all.
    static Glob literal(String text) {
        return new Glob(text.chars().toArray());
    }

    static Glob join(List<Glob> parts) {
        return new Glob(
                parts.stream().flatMapToInt(part -> Arrays.stream(part.symbols)).toArray());
    }

    private static int symbol(int character) {
        return switch (character) {
            case '*' -> MANY;
            case '?' -> ONE;
            default -> character;
        };
    }

    /// The parts between the first colons, at most `most`; the last one has the colons that remain.
    List<Glob> split(int most) {
        var parts = new ArrayList<Glob>();
        var start = 0;
        for (var at = 0; at < symbols.length && parts.size() < most - 1; at++) {
            if (symbols[at] == ':') {
                parts.add(new Glob(Arrays.copyOfRange(symbols, start, at)));
                start = at + 1;
            }
        }
        parts.add(new Glob(Arrays.copyOfRange(symbols, start, symbols.length)));
        return parts;
    }

    boolean isAnything() {
        return symbols.length == 1 && symbols[0] == MANY;
    }

    boolean matches(String text, boolean ignoringCase) {
        IntUnaryOperator fold = ignoringCase ? Glob::fold : character -> character;
        var star = -1;
        var symbol = 0;
        var resume = 0;
        for (var at = 0; at < text.length(); ) {
            if (symbol < symbols.length && symbols[symbol] == MANY) {
                star = symbol++;
                resume = at;
            } else if (symbol < symbols.length && isSame(symbols[symbol], text.charAt(at), fold)) {
                symbol++;
                at++;
            } else if (star >= 0) {
                symbol = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return Arrays.stream(symbols, symbol, symbols.length).allMatch(rest -> rest == MANY);
    }

    private static boolean isSame(int symbol, int character, IntUnaryOperator fold) {
        return symbol == ONE || symbol == character || fold.applyAsInt(symbol) == fold.applyAsInt(character);
    }

    private static int fold(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }
}
