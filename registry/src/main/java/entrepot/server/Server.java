package entrepot.server;

import entrepot.config.Config;
import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.folder.DataFolder;
import entrepot.http.vertx.HttpServer;
import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running registry: everything made in order, and ended in the opposite one. Where its database cannot be reached
/// yet, it listens all the same, tells clients to come again, and opens it when it is there.
public final class Server implements AutoCloseable {

    /// How long requests in flight may take to finish when the server ends.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration TRIES_AGAIN_AFTER = Duration.ofSeconds(1);

    /// The administrator's command that tells how the jobs fare.
    public static final String JOBS = "jobs";

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Config config;
    private final DataFolder folder;
    private final Gate gate = new Gate();
    private final AtomicInteger port;
    private final HttpServer http;
    private @Nullable Opened opened;
    private @Nullable Thread opening;
    private boolean closed;

    private Server(Config config, DataFolder folder, @Nullable Opened opened, AtomicInteger port) throws IOException {
        this.config = config;
        this.folder = folder;
        this.port = port;
        if (opened != null) {
            gate.open(opened.surfaces()::router);
        }
        var reserve = Stores.reserveOf(folder);
        this.http = Front.open(config, folder.path().resolve("spool"), reserve, gate::entrance);
        port.set(http.port());
    }

    /// Returns when the server listens.
    public static Server start(Config config, DataFolder folder) throws IOException {
        return start(config, folder, failure -> LOG.error("the registry cannot be opened", failure));
    }

    /// The same.
    ///
    /// @param failed is told why a registry cannot be opened whose stores came to be there after the start
    public static Server start(Config config, DataFolder folder, Consumer<Exception> failed) throws IOException {
        var port = new AtomicInteger(config.listening().port());
        var opened = openIfThere(config, folder, port);
        try {
            var server = new Server(config, folder, opened, port);
            if (opened == null) {
                server.openLater(failed);
            } else {
                server.run(opened);
            }
            return server;
        } catch (IOException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            throw e;
        }
    }

    /// Null while a store is away.
    private static @Nullable Opened openIfThere(Config config, DataFolder folder, AtomicInteger port)
            throws IOException {
        try {
            return Opened.open(config, folder, port::get);
        } catch (IOException | RuntimeException e) {
            if (isAway(e)) {
                LOG.warn("{}; waiting for it", e.getMessage());
                return null;
            }
            throw e;
        }
    }

    private static boolean isAway(Exception e) {
        return e instanceof StoreAwayException
                || e.getCause() instanceof StoreAwayException
                || (e instanceof RegistryException refusal && refusal.error() instanceof EveryApiError.Unavailable);
    }

    private synchronized void run(Opened made) {
        if (closed) {
            made.close();
            return;
        }
        opened = made;
        made.run(config, folder, http::renewCertificate);
        gate.open(made.surfaces()::router);
    }

    private void openLater(Consumer<Exception> failed) {
        opening = Thread.ofVirtual().name("opening").start(() -> {
            try {
                run(openWhenThere());
                LOG.info("the registry is open");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it ends before it was open
            } catch (IOException | RuntimeException e) {
                failed.accept(e);
            }
        });
    }

    private Opened openWhenThere() throws IOException, InterruptedException {
        while (true) {
            Thread.sleep(TRIES_AGAIN_AFTER);
            try {
                return Opened.open(config, folder, port::get);
            } catch (IOException | RuntimeException e) {
                if (!isAway(e)) {
                    throw e;
                }
                LOG.debug("not there yet", e);
            }
        }
    }

    public int port() {
        return http.port();
    }

    /// Requests in flight finish or are cut; uploads stay as they are and can go on after the next start.
    @Override
    public void close() {
        var open = shut();
        if (open != null) {
            open.closeAdmin();
        }
        http.stop(GRACE);
        if (open != null) {
            open.close();
        }
    }

    private synchronized @Nullable Opened shut() {
        closed = true;
        if (opening != null) {
            opening.interrupt();
        }
        return opened;
    }
}
