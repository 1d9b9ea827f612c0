package entrepot.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a run has seen so far.
public final class Report {

    private final List<Deviation> deviations = new ArrayList<>();
    private final List<String> unasked = new ArrayList<>();
    private int asked;

    void asked() {
        asked++;
    }

    void differs(Deviation deviation) {
        deviations.add(deviation);
    }

    static String words(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    void unasked(String what, String why) {
        unasked.add(what + ": " + why);
    }

    /// In the order they were seen.
    public List<Deviation> deviations() {
        return List.copyOf(deviations);
    }

    /// What could not be asked, and why.
    public List<String> unasked() {
        return List.copyOf(unasked);
    }

    /// How many questions were answered.
    public int answers() {
        return asked;
    }
}
