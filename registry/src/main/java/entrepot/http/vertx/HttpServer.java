package entrepot.http.vertx;

import entrepot.http.HttpHandler;
import entrepot.http.HttpLimits;
import entrepot.http.Traffic;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HTTP server: as many event loops as cores, native where they can be, and a virtual thread for each request.
public final class HttpServer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final long LONGEST_PAUSE = 250;
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private final Vertx vertx = Vertx.builder().with(options()).build();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final List<io.vertx.core.http.HttpServer> listeners = new CopyOnWriteArrayList<>();

    private Runnable watch = () -> {};
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Traffic traffic;

    private HttpServer(Traffic traffic) {
        this.traffic = traffic;
    }

    /// Returns when the server listens.
    ///
    /// @throws UncheckedIOException if it cannot, for example because the port is taken or a certificate's key is
    ///     another's
    public static HttpServer start(HttpSettings settings, HttpHandler handler) {
        var server = new HttpServer(settings.traffic());
        try {
            server.listen(settings, handler);
        } catch (CompletionException e) {
            await(server.vertx.close());
            throw new UncheckedIOException(
                    new IOException("cannot listen on " + settings.host() + ":" + settings.port(), e.getCause()));
        } catch (IOException e) {
            await(server.vertx.close());
            throw new UncheckedIOException(e);
        }
        return server;
    }

    private void listen(HttpSettings settings, HttpHandler handler) throws IOException {
        var service = Serving.of(settings, handler, requests, this::after, draining::get);
        vertx.setPeriodic(pause(settings.limits().pace()), _ -> service.bodies().look());
        if (settings.tls() == null) {
            deploy(service, PortOptions.options(service, null));
            return;
        }
        var pair = new TlsPair(settings.tls(), vertx);
        watch = new TlsPairWatch(settings.tls(), pair, this::renew);
        deploy(service, PortOptions.options(service, pair.read()));
    }

    private void after(long millis, Runnable look) {
        vertx.setTimer(millis, _ -> look.run());
    }

    /// In milliseconds, between two looks at the bodies that are waited for.
    private static long pause(HttpLimits.Pace pace) {
        return Math.clamp(pace.idle().toMillis() / 4, 1, LONGEST_PAUSE);
    }

    private void deploy(Serving service, HttpServerOptions options) {
        await(vertx.deployVerticle(() -> listener(service, options), new DeploymentOptions().setInstances(LOOPS)));
    }

    /// All listeners share what the first one holds.
    private void renew(KeyCertOptions keys) {
        await(listeners.getFirst().updateSSLOptions(PortOptions.renewed(keys)));
    }

    /// New connections get what is in the files of certificate and key now, where it has changed since the last look.
    /// Without TLS there is none.
    public void renewCertificate() {
        watch.run();
    }

    /// The port it listens on.
    public int port() {
        return listeners.getFirst().actualPort();
    }

    /// How much has come and gone.
    public Traffic traffic() {
        return traffic;
    }

    /// Ends each connection of HTTP/1.1 with the next answer on it, so that clients which keep connections open do not
    /// send their next request into one that is about to be closed.
    public void drain() {
        draining.set(true);
    }

    /// Accepts no more connections, lets requests in flight finish for as long as the grace, then cuts them. Handlers
    /// that were cut have a second to notice. More calls do nothing.
    public void stop(Duration grace) {
        if (stopped.getAndSet(true)) {
            return;
        }
        await(Future.all(listeners.stream()
                .map(listener -> listener.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS))
                .toList()));
        await(vertx.close());
        requests.shutdown();
        awaitHandlers();
    }

    private void awaitHandlers() {
        try {
            if (!requests.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("some requests are still being handled after the server has stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(LOOPS)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
                .setBlockedThreadCheckInterval(3650)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private VerticleBase listener(Serving service, HttpServerOptions options) {
        return new VerticleBase() {
            @Override
            public Future<?> start() {
                var listener = vertx.createHttpServer(options)
                        .requestHandler(request -> {})
                        .exceptionHandler(failure -> LOG.debug("a connection failed", failure))
                        .connectionHandler(connection -> Connection.open((HttpServerConnection) connection, service));
                listeners.add(listener);
                return listener.listen();
            }
        };
    }

    private static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }
}
