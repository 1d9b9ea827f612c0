package entrepot.server;

import entrepot.config.Config;
import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.folder.DataFolder;
import entrepot.http.vertx.HttpServer;
import entrepot.store.StoreAwayException;
import entrepot.upstream.wire.Sender;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running registry: everything made in order, and ended in the opposite one. Where its database cannot be reached
/// yet, it listens all the same, tells clients to come again, and opens it when it is there.
public final class Server implements AutoCloseable {

    /// How long requests in flight may take to finish when the server ends in order.
    public static final Duration GRACE = Duration.ofSeconds(30);

    /// The same when there is haste.
    private static final Duration SHORT_GRACE = Duration.ofSeconds(5);

    private static final Duration TRIES_AGAIN_AFTER = Duration.ofSeconds(1);

    /// The administrator's command that tells how the jobs fare.
    public static final String JOBS = "jobs";

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Opened.Place place;
    private final Gate gate = new Gate();
    private final Readiness readiness;
    private final HttpServer http;
    private final CountDownLatch haste = new CountDownLatch(1);
    private volatile @Nullable Opened opened;
    private @Nullable Thread opening;
    private boolean closed;

    private Server(Opened.Place place, @Nullable Opened made, AtomicInteger port) throws IOException {
        this.place = place;
        if (made != null) {
            gate.open(made::router);
        }
        this.readiness = Readiness.of(this::stores, place.config().registries().home());
        var folder = place.folder();
        this.http = Front.open(
                place.config(),
                folder.path().resolve("spool"),
                Stores.reserveOf(folder),
                room -> gate.entrance(room, readiness));
        port.set(http.port());
    }

    private @Nullable Stores stores() {
        var open = opened;
        return open == null ? null : open.stores();
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
        var profiles = Profiles.open(config.registries().signing(), Instant.now());
        var telemetry = Telemetry.start(config.reports().metrics(), System.getenv());
        try {
            return start(new Opened.Place(config, folder, port::get, telemetry, profiles), port, failed);
        } catch (IOException | RuntimeException e) {
            telemetry.close();
            throw e;
        }
    }

    private static Server start(Opened.Place place, AtomicInteger port, Consumer<Exception> failed) throws IOException {
        var opened = openIfThere(place);
        try {
            var server = new Server(place, opened, port);
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
    private static @Nullable Opened openIfThere(Opened.Place place) throws IOException {
        try {
            return Opened.open(place);
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

    private synchronized void run(Opened made) throws IOException {
        if (closed) {
            made.close();
            return;
        }
        opened = made;
        made.run(http::renewCertificate);
        place.telemetry().show(made.stores(), http.traffic(), made);
        made.figures().measure(http.traffic());
        gate.open(made::router);
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
                return Opened.open(place);
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

    /// Answers requests of this process as those that come over the network.
    public Sender inside() {
        return new Inside(gate);
    }

    /// Where metrics are shown; empty for nowhere.
    public OptionalInt metricsPort() {
        return place.telemetry().port();
    }

    /// Says that this node is not ready, and goes on serving for so long, that load balancers send the next requests
    /// elsewhere. Then it ends as by [#close], with more time for requests in flight.
    public void drain(Duration time) {
        readiness.drain();
        http.drain();
        close(awaitHaste(time) ? SHORT_GRACE : GRACE);
    }

    /// Has a drain go on at once, now or when it begins.
    public void hasten() {
        haste.countDown();
    }

    private boolean awaitHaste(Duration time) {
        try {
            return haste.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// Requests in flight finish or are cut; uploads stay as they are and can go on after the next start.
    @Override
    public void close() {
        close(SHORT_GRACE);
    }

    private void close(Duration grace) {
        var open = shut();
        if (open != null) {
            open.closeAdmin();
        }
        http.stop(grace);
        if (open != null) {
            open.close();
        }
        place.telemetry().close();
    }

    private synchronized @Nullable Opened shut() {
        closed = true;
        if (opening != null) {
            opening.interrupt();
        }
        return opened;
    }
}
