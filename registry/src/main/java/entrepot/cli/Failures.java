package entrepot.cli;

import entrepot.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.slf4j.LoggerFactory;

/// What a command says when it fails.
final class Failures {

    static final int USAGE = 2;
    static final int FAILURE = 1;

    private Failures() {}

    /// Says on one line what went wrong. Returns the exit code.
    static int tell(PrintWriter err, Exception e) {
        err.println("entrepot: " + firstLine(message(e)));
        err.flush();
        if (!isExpected(e)) {
            LoggerFactory.getLogger(Failures.class).error("this should not happen", e);
        }
        return e instanceof ConfigException ? USAGE : FAILURE;
    }

    private static boolean isExpected(Exception e) {
        return e instanceof ConfigException || e instanceof IOException || e instanceof UncheckedIOException;
    }

    static String message(Throwable e) {
        return switch (e) {
            case UncheckedIOException wrapper when wrapper.getCause() != null -> message(wrapper.getCause());
            case FileSystemException file when file.getReason() == null -> file.getFile() + ": " + kind(file);
            case IOException io when io.getCause() != null -> io.getMessage() + ": " + message(io.getCause());
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    /// The JDK says only in the class's name what is wrong with a file.
    private static String kind(FileSystemException e) {
        return e.getClass().getSimpleName().replace("Exception", "");
    }

    static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
