package entrepot.server;

import entrepot.admin.AdminSocket;
import entrepot.auth.KeyUsage;
import entrepot.auth.NewKeys;
import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.http.body.MemoryBudget;
import entrepot.http.body.SpoolFolder;
import entrepot.http.body.Spools;
import entrepot.http.vertx.HttpServer;
import entrepot.http.vertx.HttpSettings;
import entrepot.job.DiscardedBlobs;
import entrepot.job.Jobs;
import entrepot.job.KeyUsageWrite;
import entrepot.job.RepositoryPurge;
import entrepot.job.SecretRotation;
import entrepot.job.UploadSweep;
import entrepot.operation.AuditTrail;
import entrepot.provision.AccountCommands;
import entrepot.provision.DeclaredAccounts;
import entrepot.provision.Ledger;
import entrepot.provision.RootPrincipal;
import entrepot.store.Reserve;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running registry: everything made in order, and ended in the opposite one.
public final class Server implements AutoCloseable {

    /// How long requests in flight may take to finish when the server ends.
    private static final Duration GRACE = Duration.ofSeconds(5);

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
        var blobs = opened.blobs();
        var home = config.registries().home();
        var ledger = Ledger.of(audit, home.region());
        RootPrincipal.ensure(metadata, folder.credentials(), home, ledger);
        var keys = new NewKeys(new SecureRandom());
        var accounts = new AccountCommands(metadata, folder.credentials(), home, keys, clock, ledger);
        new DeclaredAccounts(metadata, accounts, keys, clock, ledger)
                .apply(config.identities().accounts());
        var port = new AtomicInteger(config.listening().port());
        var usage = new KeyUsage();
        var parts = new Surfaces.Parts(opened, audit, usage, clock);
        var surfaces = new Surfaces(config, parts, port::get);
        var spools = spools(folder.path().resolve("spool"), opened.reserve(), config);
        var http = HttpServer.start(settings(config).with(spools.memory()), surfaces.router(spools));
        port.set(http.port());
        var jobs = Jobs.start(List.of(
                new UploadSweep(metadata, clock, config.rules().uploadExpiry()),
                new DiscardedBlobs(metadata, blobs, clock),
                new RepositoryPurge(metadata),
                new SecretRotation(surfaces.secrets()),
                new KeyUsageWrite(metadata, usage)));
        return new Server(http, admin(folder, accounts), jobs, audit, opened);
    }

    /// Large bodies leave the reserve of the disk as blobs do.
    private static Spools spools(Path folder, Reserve space, Config config) {
        var files = SpoolFolder.in(folder);
        SpoolFolder within = () -> {
            space.require();
            return files.newFile();
        };
        return new Spools(MemoryBudget.ofHeap(), within, config.storage().spoolBytes());
    }

    private static HttpSettings settings(Config config) {
        var listening = config.listening();
        var plain = HttpSettings.on(listening.host(), listening.port())
                .behind(config.reach().proxies());
        return listening.tls() == null ? plain : plain.with(listening.tls());
    }

    /// Without a socket the registry serves all the same; commands then need it to be stopped.
    private static Optional<AdminSocket> admin(DataFolder folder, AccountCommands accounts) {
        try {
            return Optional.of(AdminSocket.listen(DataFolder.adminSocket(folder.path()), accounts.all()));
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
