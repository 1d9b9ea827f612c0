package entrepot.watch;

import java.time.Duration;

/// Two that are told the same; the second one is told last of a beginning, and first of its end.
record Both(Watch first, Watch second) implements Watch {

    @Override
    public Work begin(Kind kind, String name) {
        var outer = first.begin(kind, name);
        var inner = second.begin(kind, name);
        return outcome -> {
            inner.end(outcome);
            outer.end(outcome);
        };
    }

    @Override
    public void done(Kind kind, String name, String outcome, Duration time) {
        first.done(kind, name, outcome, time);
        second.done(kind, name, outcome, time);
    }
}
