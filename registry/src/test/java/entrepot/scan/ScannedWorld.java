package entrepot.scan;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.RepositoryName;
import entrepot.domain.ScanOutcome;
import entrepot.domain.ScannerRules;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.operation.ImageChanges;
import entrepot.operation.Images;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.operation.World;
import entrepot.operation.cache.TestUpstreams;
import entrepot.operation.repository.PutImageScanningConfiguration;
import entrepot.operation.repository.RepositoryView;
import entrepot.operation.scanning.BatchGetRepositoryScanningConfiguration;
import entrepot.operation.scanning.DescribeImageScanFindings;
import entrepot.operation.scanning.FindingsView;
import entrepot.operation.scanning.PushedImages;
import entrepot.operation.scanning.PutRegistryScanningConfiguration;
import entrepot.operation.scanning.ScanQueue;
import entrepot.operation.scanning.ScanningConfigurationView.FilterView;
import entrepot.operation.scanning.ScanningConfigurationView.RuleView;
import entrepot.operation.scanning.StartImageScan;
import entrepot.server.Families;
import entrepot.store.Reserve;
import entrepot.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A registry with a scanner, whose jobs run when a test says so.
public final class ScannedWorld implements AutoCloseable {

    public final World world;
    public final Images images;
    public final StandInScanner scanner;
    public final List<ScanOutcome> outcomes = new ArrayList<>();

    /// Stores what images are made of, where a test asks for it.
    public @Nullable AttachedComponents attached;

    private final Path folder;
    private final Families families;

    public ScannedWorld(Path folder) throws IOException, SQLException {
        this(folder, World.withApp());
    }

    public ScannedWorld(Path folder, World world) throws IOException, SQLException {
        this.world = world;
        this.folder = folder;
        this.scanner = StandInScanner.in(Files.createDirectories(folder.resolve("program")));
        this.images = Images.into(world, World.APP);
        this.families = families(scanner.rules());
        world.told = new ScanQueue(true);
    }

    private Families families(ScannerRules scanning) {
        var usual = world.means.rules();
        var rules = new Means.Rules(usual.limits(), false, false, usual.garbage(), scanning, usual.lifecycleInterval());
        return Families.with(
                new Means(world.means.kept(), world.clock, world.decisions, rules, world.means.credentials()),
                TestUpstreams.none());
    }

    /// Where images with critical findings are kept from everybody.
    public <T extends Operation<?, ?>> T blocking(Class<T> operation) {
        return World.the(families(scanner.blocking()), operation);
    }

    public <T extends Operation<?, ?>> T the(Class<T> operation) {
        return World.the(families, operation);
    }

    public Path scans() {
        return folder.resolve("scans");
    }

    public Digest push(String note) {
        return images.put(World.APP, Images.image(note), note);
    }

    public void configure(ScanningConfiguration.Type type, RuleView... rules) {
        world.call(
                the(PutRegistryScanningConfiguration.class),
                new PutRegistryScanningConfiguration.Input(type, List.of(rules)));
    }

    public static RuleView rule(Frequency frequency, String... filters) {
        return new RuleView(
                frequency,
                Stream.of(filters)
                        .map(filter -> new FilterView(filter, "WILDCARD"))
                        .toList());
    }

    /// Says so of the repository itself.
    public void scanOnPush(RepositoryName name) {
        world.call(
                the(PutImageScanningConfiguration.class),
                new PutImageScanningConfiguration.Input(null, name, new RepositoryView.ScanningConfiguration(true)));
    }

    public BatchGetRepositoryScanningConfiguration.Output configurations(RepositoryName... names) {
        return world.call(
                the(BatchGetRepositoryScanningConfiguration.class),
                new BatchGetRepositoryScanningConfiguration.Input(List.of(names)));
    }

    public StartImageScan.Output start(ImageIdentifier image) {
        return world.call(the(StartImageScan.class), new StartImageScan.Input(null, World.APP, image));
    }

    /// What was found, which is something.
    public FindingsView found(ImageIdentifier image) {
        return Objects.requireNonNull(findings(image).imageScanFindings());
    }

    public DescribeImageScanFindings.Output findings(ImageIdentifier image) {
        return findings(World.APP, image, null, null);
    }

    public DescribeImageScanFindings.Output findings(
            RepositoryName name, ImageIdentifier image, @Nullable String token, @Nullable Integer size) {
        return world.call(
                the(DescribeImageScanFindings.class),
                new DescribeImageScanFindings.Input((AccountId) null, name, image, token, size));
    }

    /// Status and description.
    public String status(ImageIdentifier image) {
        var status = findings(image).imageScanStatus();
        return status.status() + ": " + status.description();
    }

    public ScanMeans means() {
        return new ScanMeans(world.metadata, world.vault, Reserve.NONE, attached, new Told(), world.clock);
    }

    private final class Told implements ImageChanges {
        @Override
        public void tell(Transaction tx, entrepot.domain.ImageChange change) {}

        @Override
        public void tellScan(Transaction tx, ScanOutcome outcome) {
            outcomes.add(outcome);
        }
    }

    public ScanWork work(Duration timeout) {
        return new ScanWork(means(), () -> scanner.scanner(timeout), scans());
    }

    /// The jobs do what there is to do.
    public void run() throws IOException {
        run(Duration.ofSeconds(60));
    }

    public void run(Duration timeout) throws IOException {
        var pushed = new PushedImages(world.metadata, world.clock);
        pushed.decide(pushed.first(1_000));
        var work = work(timeout);
        for (var open = work.open(1); !open.isEmpty(); open = work.open(1)) {
            assertThat(work.make(open.getFirst())).isTrue();
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
