package entrepot.scanner;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Processes that were begun by one another.
final class ProcessGroup {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);

    private static final int PATIENCE_SECONDS = 5;

    private ProcessGroup() {}

    /// Ends all of them that are left.
    ///
    /// @param leader the number of the first one
    static void kill(long leader) throws InterruptedException {
        try {
            var kill = new ProcessBuilder("sh", "-c", "kill -9 -- -\"$0\"", Long.toString(leader))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            LOG.warn("processes of the scanner {} may be left", leader, e);
        }
    }
}
