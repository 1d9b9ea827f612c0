package entrepot.cli;

import java.io.IOException;
import java.io.PrintWriter;

/// Runs what the program is called with.
public final class CommandLines {

    private CommandLines() {}

    /// Returns the exit code, when the command has ended.
    public static int run(String... arguments) {
        return ServeArguments.plain(arguments, System.getenv())
                .map(CommandLines::serve)
                .orElseGet(() -> Entrepot.run(arguments));
    }

    private static int serve(ServeArguments asked) {
        var err = new PrintWriter(System.err, true, System.err.charset());
        try {
            new Serve(asked, new PrintWriter(System.out, true, System.out.charset()), err).run();
            return 0;
        } catch (IOException | InterruptedException | RuntimeException e) {
            return Failures.tell(err, e);
        }
    }
}
