package entrepot.check;

import java.util.function.Consumer;

/// Hears how far a check is.
public interface Onlooker {

    /// So much lies ahead.
    void ahead(long blobs, long bytes);

    /// These bytes were read.
    void bytes(long number);

    /// A blob was looked at.
    void blob();

    /// A problem, or a note, on a line of its own.
    void say(String line);

    /// Only lines are wanted.
    static Onlooker of(Consumer<String> lines) {
        return new Onlooker() {
            @Override
            public void ahead(long blobs, long bytes) {}

            @Override
            public void bytes(long number) {}

            @Override
            public void blob() {}

            @Override
            public void say(String line) {
                lines.accept(line);
            }
        };
    }
}
