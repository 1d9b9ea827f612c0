package entrepot.cli;

import entrepot.folder.DataFolder;
import entrepot.server.Server;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end on SIGTERM and SIGINT: load balancers are told first, and what is in flight may finish, but not for ever.
final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    /// For what comes after the requests: jobs, the stores.
    private static final Duration THE_REST = Duration.ofSeconds(5);

    private Shutdown() {}

    /// @param drain how long the server says that it is not ready before it takes no more requests
    /// @param closed is run after all else
    static void closeAtExit(Server server, DataFolder folder, Duration drain, Runnable closed) {
        Runnable end = () -> {
            close(server, folder, drain);
            closed.run();
        };
        Runtime.getRuntime().addShutdownHook(new Thread(end, "shutdown"));
    }

    /// The process ends when this returns, whatever still runs.
    private static void close(Server server, DataFolder folder, Duration drain) {
        var longest = drain.plus(Server.GRACE).plus(THE_REST);
        var closing = Thread.ofPlatform().name("closing").daemon().start(() -> closeBoth(server, folder, drain));
        try {
            if (!closing.join(longest)) {
                LOG.warn("something did not end within {} s; leaving it", longest.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The lock goes last: until then the data may still be written.
    private static void closeBoth(Server server, DataFolder folder, Duration drain) {
        try (folder) {
            server.drain(drain);
        } catch (IOException e) {
            LOG.warn("could not let go of {}", folder.path(), e);
        }
    }
}
