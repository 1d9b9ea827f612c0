package entrepot.comparison;

import java.util.ArrayDeque;
import java.util.Deque;

/// What one client was answered, compared as it comes.
final class Answers {

    private static final int REMEMBERED = 25;

    private final Deque<String> calls = new ArrayDeque<>();

    /// Fails, with the calls that led here, if two things differ that must not.
    void same(String call, Object expected, Object actual) {
        calls.addLast(call + " = " + actual);
        if (calls.size() > REMEMBERED) {
            calls.removeFirst();
        }
        if (!expected.equals(actual)) {
            throw new AssertionError("%s was %s and should be %s, after%n%s"
                    .formatted(call, actual, expected, String.join(System.lineSeparator(), calls)));
        }
    }

    void outcome(String call, Door door, Outcome expected, String actual) {
        same((door.isJson() ? "json " : "v2 ") + call, expected.at(door.isJson()), actual);
    }
}
