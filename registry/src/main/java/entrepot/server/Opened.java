package entrepot.server;

import entrepot.admin.AdminCommand;
import entrepot.admin.AdminSocket;
import entrepot.auth.KeyUsage;
import entrepot.check.Repair;
import entrepot.check.StoredRepair;
import entrepot.config.Config;
import entrepot.config.RootKey;
import entrepot.console.Figures;
import entrepot.event.EventTargets;
import entrepot.folder.DataFolder;
import entrepot.http.HttpHandler;
import entrepot.http.body.Spools;
import entrepot.job.AllJobs;
import entrepot.job.GarbageCollection;
import entrepot.job.GarbageCounts;
import entrepot.job.GarbagePass;
import entrepot.job.JobMeans;
import entrepot.job.JobStatus;
import entrepot.job.Jobs;
import entrepot.operation.AuditTrail;
import entrepot.operation.ImageChanges;
import entrepot.operation.PullTimes;
import entrepot.provision.AccountCommands;
import entrepot.provision.RootPrincipal;
import entrepot.replication.Peer;
import entrepot.replication.Replicas;
import entrepot.scan.AttachedComponents;
import entrepot.scan.ScanMeans;
import entrepot.scan.ScanWork;
import entrepot.signing.Profile;
import entrepot.signing.SigningMeans;
import entrepot.watch.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is behind the gate once the stores are open: what answers, and what runs by itself.
final class Opened implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Place place;
    private final Stores stores;
    private final AuditTrail audit;
    private final AccountCommands accounts;
    private final KeyUsage usage = new KeyUsage();
    private final GarbageCounts counts = new GarbageCounts();
    private final PullTimes pulls = new PullTimes(InstantSource.system());
    private final Figures figures = new Figures(InstantSource.system());
    private final EventTargets events;
    private final Elsewhere elsewhere;
    private final Surfaces surfaces;
    private final List<Peer> peers;
    private final Replicas replicas;
    private final SigningMeans signing;
    private final @Nullable AttachedComponents attached;
    private ScannerDatabases databases = new ScannerDatabases(Optional.empty(), null);
    private Optional<Jobs> jobs = Optional.empty();
    private Optional<AdminSocket> admin = Optional.empty();

    /// Where it is opened.
    ///
    /// @param folder that this process owns
    /// @param port the one that is listened on, once it is known
    /// @param profiles by which images can be signed
    record Place(Config config, DataFolder folder, IntSupplier port, Telemetry telemetry, List<Profile> profiles) {}

    private Opened(Place place, Stores stores, AuditTrail audit) throws IOException {
        this.place = place;
        this.stores = stores;
        this.audit = audit;
        var clock = InstantSource.system();
        this.events = Targets.open(place.config().reports().told());
        this.accounts = Accounts.ensure(place.config(), place.folder(), stores.metadata(), audit, clock);
        this.elsewhere = Elsewhere.open(place.config().upstreams(), place.folder());
        var watch = place.telemetry().watch();
        var parts = new Surfaces.Parts(
                stores, audit, usage, pulls, clock, watched(place.config(), watch), elsewhere.means(), figures);
        this.surfaces = new Surfaces(place.config(), parts, place.port());
        this.peers = Peers.open(place.config().registries().peers());
        this.replicas = surfaces.replicas(parts)
                .reaching(peers, place.config().registries().regions());
        this.signing = surfaces.signing(parts, place.profiles());
        this.attached = surfaces.attached(parts);
    }

    /// Opens the stores, and sees that the accounts are there that are to be. Nothing is open if it fails.
    static Opened open(Place place) throws IOException {
        var config = place.config();
        var stores = place.telemetry()
                .watched(Stores.own(
                        config.storage(), place.folder(), place.telemetry().watch()));
        try {
            var audit = Audits.open(config.reports().audit(), InstantSource.system());
            try {
                return new Opened(place, stores, audit);
            } catch (IOException | RuntimeException e) {
                audit.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            stores.close();
            throw e;
        }
    }

    private Watch watched(Config config, Watch watch) {
        return config.identities().console() ? watch.and(figures) : watch;
    }

    /// What this node does, to be counted on.
    Figures figures() {
        return figures;
    }

    /// What answers.
    HttpHandler router(Spools spools) {
        return place.telemetry().around(surfaces.router(spools));
    }

    Stores stores() {
        return stores;
    }

    /// Begins with what runs by itself, and takes commands.
    ///
    /// @param renewCertificate looks whether there is another one
    void run(Runnable renewCertificate) throws IOException {
        LOG.debug("open: {}", stores);
        var clock = InstantSource.system();
        databases = databases(clock);
        var serving = new JobMeans.Serving(
                audit,
                surfaces.secrets(),
                usage,
                pulls,
                events,
                surfaces.cache().resumption(),
                replicas,
                signing,
                this::useRootKey,
                renewCertificate);
        var changes = Changes.of(place.config());
        var scanning = new JobMeans.Scanning(
                place.config().rules().scanner(),
                scans(),
                stores.reserve(),
                attached,
                databases.scanners(),
                databases.fetched());
        var means = new JobMeans(stores.metadata(), stores.places(), clock, changes, times(), serving, scanning);
        var running = Jobs.start(
                AllJobs.with(means), stores.metadata(), clock, place.telemetry().watch());
        jobs = Optional.of(running);
        var lifecycle = LifecycleCommands.with(place.config(), stores.metadata(), audit);
        admin = admin(place.folder(), commands(running, lifecycle));
    }

    private ScannerDatabases databases(InstantSource clock) throws IOException {
        var means = new ScanMeans(
                stores.metadata(), stores.places().vault(), stores.reserve(), null, ImageChanges.NONE, clock);
        var folder = place.folder().path().toAbsolutePath().resolve("scanner");
        return ScannerDatabases.open(place.config(), means, folder, place.port().getAsInt());
    }

    /// What the scanner knows.
    ScannerDatabases databases() {
        return databases;
    }

    /// Where images lie while they are scanned; nothing of an earlier process is left there.
    private Path scans() {
        var scans = place.folder().path().toAbsolutePath().resolve("scans");
        try {
            ScanWork.clean(scans);
        } catch (IOException e) {
            LOG.warn("{} cannot be cleaned", scans, e);
        }
        return scans;
    }

    private JobMeans.Times times() {
        var rules = place.config().rules();
        return new JobMeans.Times(
                rules.uploadExpiry(),
                rules.lifecycleInterval(),
                rules.garbage(),
                place.config().storage().scrub(),
                rules.history(),
                counts);
    }

    /// Who is told of events, and what this node did for that.
    EventTargets events() {
        return events;
    }

    /// Where images go, and what this node did for that.
    Replicas replicas() {
        return replicas;
    }

    /// Of what this node deletes.
    GarbageCounts counts() {
        return counts;
    }

    private void useRootKey() {
        Optional.ofNullable(place.config().identities().rootKey())
                .map(RootKey::id)
                .ifPresent(id -> RootPrincipal.use(stores.metadata(), id));
    }

    private Map<String, AdminCommand> commands(Jobs running, LifecycleCommands lifecycle) {
        var commands = new HashMap<>(accounts.all());
        commands.put(
                Server.JOBS,
                arguments -> running.status().stream().map(JobStatus::line).toList());
        commands.put(LifecycleCommands.RUN, lifecycle::run);
        commands.put(UndeleteCommands.NAME, UndeleteCommands.with(place.config(), stores, audit)::run);
        var pass = new GarbagePass(
                stores.metadata(),
                stores.blobs(),
                InstantSource.system(),
                place.config().rules().garbage(),
                counts);
        commands.put(GarbageCommands.NAME, new GarbageCommands(pass, () -> collects(running))::run);
        commands.put(CheckCommands.NAME, new CheckCommands(repair())::run);
        commands.put(EventCommands.NAME, new EventCommands(stores.metadata(), events)::run);
        return commands;
    }

    private Repair repair() {
        return new StoredRepair(
                stores.metadata(), stores.blobs(), place.config().rules().orphanAge());
    }

    private static boolean collects(Jobs running) {
        return running.status().stream()
                .anyMatch(status -> status.job() instanceof GarbageCollection && status.runningSince() != null);
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

    /// No more commands.
    void closeAdmin() {
        admin.ifPresent(AdminSocket::close);
    }

    @Override
    public void close() {
        jobs.ifPresent(Jobs::close);
        elsewhere.close();
        events.close();
        peers.forEach(Peer::close);
        audit.close();
        stores.close();
    }
}
