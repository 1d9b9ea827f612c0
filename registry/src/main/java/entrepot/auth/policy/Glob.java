package entrepot.auth.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A text in which `*` stands for any characters and `?` for any one. Matching takes as many steps as the lengths of
/// both together, however many stars there are: the runs between them are sought one after the other, each where the
/// one before ended. Only a run that has a `?` may take its own length for each character.
final class Glob {

    private static final int MANY = -1;

    private final int[] symbols;
    private final List<GlobRun> runs;

    private Glob(int[] symbols) {
        this.symbols = symbols;
        this.runs = runs(symbols);
    }

    private static List<GlobRun> runs(int[] symbols) {
        var runs = new ArrayList<GlobRun>();
        var start = 0;
        for (var at = 0; at < symbols.length; at++) {
            if (symbols[at] == MANY) {
                runs.add(new GlobRun(Arrays.copyOfRange(symbols, start, at)));
                start = at + 1;
            }
        }
        runs.add(new GlobRun(Arrays.copyOfRange(symbols, start, symbols.length)));
        return List.copyOf(runs);
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
            case '?' -> GlobRun.ONE;
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
        var first = runs.getFirst();
        var last = runs.getLast();
        var end = text.length() - last.length();
        if (runs.size() == 1) {
            return end == 0 && first.standsAt(text, 0, ignoringCase);
        }
        return first.length() <= end
                && first.standsAt(text, 0, ignoringCase)
                && last.standsAt(text, end, ignoringCase)
                && standBetween(text.substring(first.length(), end), ignoringCase);
    }

    /// Whether the runs between the first star and the last one come in their order.
    private boolean standBetween(String text, boolean ignoringCase) {
        var at = 0;
        for (var run : runs.subList(1, runs.size() - 1)) {
            var found = run.find(text, at, ignoringCase);
            if (found < 0) {
                return false;
            }
            at = found + run.length();
        }
        return true;
    }
}
