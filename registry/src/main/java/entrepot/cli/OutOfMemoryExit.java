package entrepot.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/// Ends the process when anything tells the log of an OutOfMemoryError: whatever thread it hit may have left its work
/// half done, and a supervisor can only start anew what has ended.
///
/// This is the net for where the JVM's own `ExitOnOutOfMemoryError` is not set, as with a bare `java -jar`. All who
/// catch errors tell the log, libraries too, on whatever level. And it is the net for want of direct memory, which
/// that option does not know: the JDK lets each event loop sleep for half a second over every buffer then.
public final class OutOfMemoryExit extends TurboFilter {

    /// The JVM's own.
    static final int STATUS = 3;

    private static final byte[] LINE =
            "entrepot: out of memory (-Xmx, -XX:MaxDirectMemorySize); ending with status 3\n".getBytes(US_ASCII);

    /// Threads that end by an error tell the log.
    public static void watchThreads() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LoggerFactory.getLogger(OutOfMemoryExit.class).error("{} has ended", thread, failure));
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (isFatal(failure)
                || (arguments != null && arguments.length > 0 && isFatal(arguments[arguments.length - 1]))) {
            end();
        }
        return FilterReply.NEUTRAL;
    }

    /// Also where it is the cause of another.
    static boolean isFatal(@Nullable Object failure) {
        var at = failure;
        for (int depth = 0; at instanceof Throwable cause && depth < 20; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            at = cause.getCause();
        }
        return false;
    }

    private static void end() {
        try (var err = new FileOutputStream(FileDescriptor.err)) {
            err.write(LINE);
        } catch (IOException e) {
            // nobody is left to be told
        } finally {
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
