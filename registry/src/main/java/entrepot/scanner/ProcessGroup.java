package entrepot.scanner;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Processes that were begun by one another.
final class ProcessGroup {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);

    private static final int PATIENCE_SECONDS = 10;

    /// What was killed ends a little later: it is waited for, 5 s at most.
    private static final String KILL = "kill -9 -- -\"$0\" || exit 0; n=0;"
            + " while [ $n -lt 50 ] && kill -0 -- -\"$0\"; do sleep 0.1; n=$((n + 1)); done";

    private ProcessGroup() {}

    /// Ends all of them that are left, and comes back when they are gone.
    ///
    /// @param leader the number of the first one
    static void kill(long leader) throws InterruptedException {
        try {
            var kill = new ProcessBuilder("sh", "-c", KILL, Long.toString(leader))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            LOG.warn("processes of the scanner {} may be left", leader, e);
        }
    }
}
