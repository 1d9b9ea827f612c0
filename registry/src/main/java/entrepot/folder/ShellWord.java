package entrepot.folder;

import java.nio.file.Path;

/// A path as a shell reads it, to be pasted.
public final class ShellWord {

    private ShellWord() {}

    /// Quoted where it must be.
    public static String of(Path path) {
        var text = path.toString();
        return text.matches("[A-Za-z0-9/._+@%:,=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
