package entrepot.probe;

import entrepot.aws.model.Bounds;
import entrepot.aws.model.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// For an operation all inputs that break one bound of the model and no more.
final class Violations {

    /// An input that is longer is not worth its way.
    private static final int LONGEST = 11_000;

    private static final int MOST_ELEMENTS = 1_000;
    private static final int DEEPEST = 4;

    /// One of them.
    ///
    /// @param member the one whose bound it is
    record Violation(String point, String member, Map<String, Object> input) {}

    /// Puts a value into what is around it.
    private interface Around {
        Map<String, Object> with(Object value);
    }

    private final Samples samples;
    private final List<Violation> all = new ArrayList<>();

    private Violations(Samples samples) {
        this.samples = samples;
    }

    static List<Violation> of(Samples samples, String operation) {
        var violations = new Violations(samples);
        violations.structure("", samples.model().operation(operation).input(), DEEPEST, Violations::asInput);
        return violations.all;
    }

    @SuppressWarnings("unchecked") // an operation's input is a structure
    private static Map<String, Object> asInput(Object structure) {
        return (Map<String, Object>) structure;
    }

    private void structure(String path, String shape, int depth, Around around) {
        var structure = samples.model().structure(shape);
        structure.members().forEach((name, member) -> {
            var there = path.isEmpty() ? name : path + "." + name;
            if (structure.required().contains(name)) {
                add(there + " absent", name, around.with(without(shape, name)));
            }
            if (depth > 0) {
                value(there, name, member, depth - 1, value -> around.with(with(shape, name, value)));
            }
        });
    }

    private void value(String path, String name, String shape, int depth, Around around) {
        switch (samples.model().shape(shape)) {
            case Shape.Structure _ -> structure(path, shape, depth, around);
            case Shape.ListOf list -> list(path, name, list, depth, around);
            case Shape.Text text -> text(path, name, text, around);
            case Shape.Whole whole -> whole(path, name, whole.bounds(), around);
            case Shape.MapOf _, Shape.Decimal _, Shape.Time _, Shape.Flag _, Shape.Blob _ -> {}
        }
    }

    private void list(String path, String name, Shape.ListOf list, int depth, Around around) {
        var element = samples.value(name, list.element());
        if (list.bounds().least() > 0) {
            add(path + " empty", name, around.with(List.of()));
        }
        if (list.bounds().most() < MOST_ELEMENTS) {
            var many = Collections.nCopies((int) list.bounds().most() + 1, element);
            add(path + " of " + many.size(), name, around.with(many));
        }
        value(path, name, list.element(), depth, value -> around.with(List.of(value)));
    }

    private void text(String path, String name, Shape.Text text, Around around) {
        if (!text.values().isEmpty()) {
            add(path + " of none of its values", name, around.with("NO_SUCH_VALUE"));
            return;
        }
        var least = text.bounds().least();
        if (least > 0) {
            add(path + " of " + (least - 1), name, around.with("a".repeat((int) least - 1)));
        }
        if (text.bounds().most() < LONGEST) {
            var length = (int) text.bounds().most() + 1;
            add(path + " of " + length, name, around.with("a".repeat(length)));
        }
        if (text.pattern() != null) {
            var other = "~".repeat((int) Math.max(least, 3));
            if (!Samples.fits(text, other)) {
                add(path + " of another form", name, around.with(other));
            }
        }
    }

    private void whole(String path, String name, Bounds bounds, Around around) {
        if (bounds.least() > Integer.MIN_VALUE) {
            add(path + " of " + (bounds.least() - 1), name, around.with(bounds.least() - 1));
        }
        if (bounds.most() < Integer.MAX_VALUE) {
            add(path + " of " + (bounds.most() + 1), name, around.with(bounds.most() + 1));
        }
    }

    private Map<String, Object> with(String shape, String name, Object value) {
        var input = new LinkedHashMap<>(samples.structure(shape));
        input.put(name, value);
        return input;
    }

    private Map<String, Object> without(String shape, String name) {
        var input = new LinkedHashMap<>(samples.structure(shape));
        input.remove(name);
        return input;
    }

    private void add(String point, String member, Map<String, Object> input) {
        all.add(new Violation(point, member, input));
    }
}
