package entrepot.cli;

import entrepot.folder.DataFolder;
import entrepot.server.Server;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end on SIGTERM and SIGINT: what is in flight may finish, but not for ever.
final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final Duration LONGEST = Duration.ofSeconds(9);

    private Shutdown() {}

    static void closeAtExit(Server server, DataFolder folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server, folder), "shutdown"));
    }

    /// The process ends when this returns, whatever still runs.
    private static void close(Server server, DataFolder folder) {
        var closing = Thread.ofPlatform().name("closing").daemon().start(() -> closeBoth(server, folder));
        try {
            if (!closing.join(LONGEST)) {
                LOG.warn("something did not end within {} s; leaving it", LONGEST.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The lock goes last: until then the data may still be written.
    private static void closeBoth(Server server, DataFolder folder) {
        try (folder) {
            server.close();
        } catch (IOException e) {
            LOG.warn("could not let go of {}", folder.path(), e);
        }
    }
}
