package entrepot;

import entrepot.http.HttpServer;
import entrepot.http.HttpSettings;
import entrepot.http.TrustedProxies;
import entrepot.job.DiscardedBlobs;
import entrepot.job.Jobs;
import entrepot.job.RepositoryPurge;
import entrepot.job.UploadSweep;
import entrepot.store.MetadataStore;
import entrepot.store.disk.DiskBlobStore;
import entrepot.store.sql.SqliteMetadataStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The running registry: everything made in order, and ended in the opposite one.
public final class Server implements AutoCloseable {

    /// How long requests in flight may take to finish when the server ends.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final HttpServer http;
    private final Jobs jobs;
    private final MetadataStore metadata;

    private Server(HttpServer http, Jobs jobs, MetadataStore metadata) {
        this.http = http;
        this.jobs = jobs;
        this.metadata = metadata;
    }

    /// Returns when the server listens.
    public static Server start(Config config, DataFolder folder) throws IOException {
        var metadata = SqliteMetadataStore.open(folder.metadata());
        try {
            return start(config, folder, metadata);
        } catch (IOException | RuntimeException e) {
            metadata.close();
            throw e;
        }
    }

    private static Server start(Config config, DataFolder folder, MetadataStore metadata) throws IOException {
        var clock = InstantSource.system();
        var blobs = new DiskBlobStore(folder.path());
        RootPrincipal.ensure(metadata, folder.credentials(), config.registry());
        var port = new AtomicInteger(config.port());
        var surfaces = new Surfaces(config, metadata, blobs, clock, port::get);
        var http =
                HttpServer.start(settings(config), surfaces.router(folder.path().resolve("spool")));
        port.set(http.port());
        var jobs = Jobs.start(List.of(
                new UploadSweep(metadata, clock, config.uploadExpiry()),
                new DiscardedBlobs(metadata, blobs, clock),
                new RepositoryPurge(metadata)));
        return new Server(http, jobs, metadata);
    }

    private static HttpSettings settings(Config config) {
        var plain = HttpSettings.on(config.host(), config.port()).behind(TrustedProxies.of(config.trustedProxies()));
        return config.tls() == null ? plain : plain.with(config.tls());
    }

    public int port() {
        return http.port();
    }

    /// Requests in flight finish or are cut; uploads stay as they are and can go on after the next start.
    @Override
    public void close() {
        http.stop(GRACE);
        jobs.close();
        metadata.close();
    }
}
