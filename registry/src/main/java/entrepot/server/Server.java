package entrepot.server;

import entrepot.admin.AdminCommand;
import entrepot.admin.AdminSocket;
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
    private final Stores stores;

    private Server(HttpServer http, Optional<AdminSocket> admin, Jobs jobs, AuditTrail audit, Stores stores) {
        this.http = http;
        this.admin = admin;
        this.jobs = jobs;
        this.audit = audit;
        this.stores = stores;
    }

    /// Returns when the server listens.
    public static Server start(Config config, DataFolder folder) throws IOException {
        var opened = Stores.own(config.storage(), folder);
        try {
            var audit = Audits.open(config.reports().audit(), InstantSource.system());
            try {
                return start(config, folder, opened, audit);
            } catch (IOException | RuntimeException e) {
                audit.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static Server start(Config config, DataFolder folder, Stores opened, AuditTrail audit) throws IOException {
        LOG.debug("open: {}", opened);
        var clock = InstantSource.system();
        var metadata = opened.metadata();
        var accounts = Accounts.ensure(config, folder, metadata, audit, clock);
        var port = new AtomicInteger(config.listening().port());
        var usage = new KeyUsage();
        var parts = new Surfaces.Parts(opened, audit, usage, clock);
        var surfaces = new Surfaces(config, parts, port::get);
        var http = Front.open(config, folder.path().resolve("spool"), opened.reserve(), surfaces::router);
        port.set(http.port());
        var serving = new JobMeans.Serving(surfaces.secrets(), usage, http::renewCertificate);
        var means = new JobMeans(metadata, opened.blobs(), clock, config.rules().uploadExpiry(), serving);
        var jobs = Jobs.start(AllJobs.with(means), clock);
        return new Server(http, admin(folder, commands(accounts, jobs)), jobs, audit, opened);
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
        stores.close();
    }
}
