package entrepot.server;

import entrepot.admin.AdminCommand;
import entrepot.admin.AdminSocket;
import entrepot.audit.AuditWriter;
import entrepot.auth.KeyUsage;
import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.http.vertx.HttpServer;
import entrepot.job.AllJobs;
import entrepot.job.JobMeans;
import entrepot.job.JobStatus;
import entrepot.job.Jobs;
import entrepot.operation.AuditTrail;
import entrepot.provision.AccountCommands;
import entrepot.store.MetadataStore;
import entrepot.store.disk.DiskBlobStore;
import entrepot.store.disk.DiskSpace;
import entrepot.store.sqlite.SqliteMetadataStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running registry: everything made in order, and ended in the opposite one.
public final class Server implements AutoCloseable {

    /// How long requests in flight may take to finish when the server ends.
    private static final Duration GRACE = Duration.ofSeconds(5);

    /// The administrator's command that tells how the jobs fare.
    public static final String JOBS = "jobs";

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final HttpServer http;
    private final Optional<AdminSocket> admin;
    private final Jobs jobs;
    private final AuditTrail audit;
    private final MetadataStore metadata;

    private Server(HttpServer http, Optional<AdminSocket> admin, Jobs jobs, AuditTrail audit, MetadataStore metadata) {
        this.http = http;
        this.admin = admin;
        this.jobs = jobs;
        this.audit = audit;
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
        var audit = audit(config.audit(), clock);
        var space = DiskSpace.of(folder.path());
        var blobs = new DiskBlobStore(folder.path(), space);
        var accounts = Accounts.ensure(config, folder, metadata, clock);
        var port = new AtomicInteger(config.port());
        var usage = new KeyUsage();
        var parts = new Surfaces.Parts(metadata, blobs, space, audit, usage, clock);
        var surfaces = new Surfaces(config, parts, port::get);
        var http = Front.open(config, folder.path().resolve("spool"), space, surfaces::router);
        port.set(http.port());
        var serving = new JobMeans.Serving(surfaces.secrets(), usage, http::renewCertificate);
        var stores = new JobMeans.Stores(metadata, blobs);
        var jobs = Jobs.start(AllJobs.with(new JobMeans(stores, clock, config.uploadExpiry(), serving)), clock);
        return new Server(http, admin(folder, commands(accounts, jobs)), jobs, audit, metadata);
    }

    private static AuditTrail audit(Config.Audit target, InstantSource clock) throws IOException {
        return switch (target) {
            case Config.Audit.Off _ -> AuditTrail.NONE;
            case Config.Audit.Stdout _ -> AuditWriter.toStdout(clock);
            case Config.Audit.File(var path) -> AuditWriter.toFile(path, clock);
        };
    }

    private static Map<String, AdminCommand> commands(AccountCommands accounts, Jobs jobs) {
        var commands = new HashMap<>(accounts.all());
        commands.put(
                JOBS, arguments -> jobs.status().stream().map(JobStatus::line).toList());
        return commands;
    }

    /// Without a socket the registry serves all the same; commands then need it to be stopped.
    private static Optional<AdminSocket> admin(DataFolder folder, Map<String, AdminCommand> commands) {
        try {
            return Optional.of(AdminSocket.listen(DataFolder.adminSocket(folder.path()), commands));
        } catch (IOException e) {
            LOG.warn("no commands are taken while this runs", e);
            return Optional.empty();
        }
    }

    public int port() {
        return http.port();
    }

    /// Requests in flight finish or are cut; uploads stay as they are and can go on after the next start.
    @Override
    public void close() {
        admin.ifPresent(AdminSocket::close);
        http.stop(GRACE);
        jobs.close();
        audit.close();
        metadata.close();
    }
}
