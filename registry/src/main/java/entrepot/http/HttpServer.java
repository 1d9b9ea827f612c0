package entrepot.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
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

/// An HTTP/1.1 server: as many event loops as cores, native where they can be, and a virtual thread for each request.
public final class HttpServer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private final Vertx vertx = Vertx.builder().with(options()).build();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final List<io.vertx.core.http.HttpServer> listeners = new CopyOnWriteArrayList<>();

    private final AtomicBoolean stopped = new AtomicBoolean();

    private HttpServer() {}

    /// Returns when the server listens.
    ///
    /// @throws UncheckedIOException if it cannot, for example because the port is taken
    public static HttpServer start(HttpSettings settings, HttpHandler handler) {
        var server = new HttpServer();
        try {
            await(server.vertx.deployVerticle(
                    () -> server.listener(settings, handler), new DeploymentOptions().setInstances(LOOPS)));
        } catch (CompletionException e) {
            await(server.vertx.close());
            throw new UncheckedIOException(
                    new IOException("cannot listen on " + settings.host() + ":" + settings.port(), e.getCause()));
        }
        return server;
    }

    /// The port it listens on.
    public int port() {
        return listeners.getFirst().actualPort();
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

    private VerticleBase listener(HttpSettings settings, HttpHandler handler) {
        return new VerticleBase() {
            @Override
            public Future<?> start() {
                var listener = vertx.createHttpServer(listenerOptions(settings))
                        .requestHandler(request -> {})
                        .exceptionHandler(failure -> LOG.debug("a connection failed: {}", failure.toString()))
                        .connectionHandler(connection ->
                                Connection.open((HttpServerConnection) connection, settings, handler, requests));
                listeners.add(listener);
                return listener.listen();
            }
        };
    }

    /// A negative port lets Vert.x share one free port among the event loops.
    private static HttpServerOptions listenerOptions(HttpSettings settings) {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? -1 : settings.port())
                .setTcpNoDelay(true)
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }

    private static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }
}
