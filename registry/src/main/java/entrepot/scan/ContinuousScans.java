package entrepot.scan;

import entrepot.domain.ImageScan;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.domain.StoredImage;
import entrepot.operation.scanning.ChangedImages;
import entrepot.scanner.Scanners;
import entrepot.store.Scans.Pushed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Has images scanned again that are under continuous scanning: when there are other vulnerabilities than before, and
/// when such scanning was configured that they have not been scanned by. A round looks at all of them, some at a time.
public final class ContinuousScans {

    private static final int AT_ONCE = 100;

    /// Nodes come to know of new vulnerabilities at times of their own; whoever scanned by those of before did so until
    /// then.
    private static final Duration LOOKS_AGAIN = Duration.ofMinutes(10);

    private final ScanMeans means;
    private final Scanners scanners;
    private final ChangedImages changed;
    private @Nullable State done;
    private @Nullable Instant again;
    private @Nullable Round round;

    public ContinuousScans(ScanMeans means, Scanners scanners) {
        this.means = means;
        this.scanners = scanners;
        this.changed = new ChangedImages(means.metadata(), means.clock());
    }

    /// By what a round is made.
    private record State(String source, Map<String, ScanningConfiguration> configurations) {}

    /// How far one is.
    ///
    /// @param outdated the scan that was looked at last
    /// @param repository the repository that is looked at, by its id; those of smaller ids have been
    /// @param image of that the one that was looked at last
    private record Round(State state, long outdated, boolean isPastOutdated, long repository, long image) {}

    /// Goes on with the round that is due, if one is. Says whether there is more of it.
    public boolean step() throws IOException {
        var state = new State(scanners.current().source().name(), configurations());
        if (round == null || !round.state().equals(state)) {
            if (state.equals(done) && !isToLookAgain()) {
                return false;
            }
            round = new Round(state, 0, false, 0, 0);
        }
        round = round.isPastOutdated() ? unscanned(round) : outdated(round);
        if (round == null) {
            again = state.equals(done) ? null : means.clock().instant().plus(LOOKS_AGAIN);
            done = state;
        }
        return round != null;
    }

    private boolean isToLookAgain() {
        return again != null && !means.clock().instant().isBefore(again);
    }

    private Map<String, ScanningConfiguration> configurations() {
        return means.metadata().read(tx -> {
            var configurations = new TreeMap<String, ScanningConfiguration>();
            for (var registry : tx.scans().enhanced()) {
                configurations.put(registry.toString(), tx.scans().configuration(registry));
            }
            return configurations;
        });
    }

    private Round outdated(Round at) {
        var scans = means.metadata()
                .read(tx -> tx.scans()
                        .outdated(
                                ScanningConfiguration.Type.ENHANCED, at.state().source(), at.outdated(), AT_ONCE));
        changed.ask(scans.stream().map(ContinuousScans::pushed).toList());
        return scans.isEmpty()
                ? new Round(at.state(), 0, true, 0, 0)
                : new Round(at.state(), scans.getLast().id(), false, 0, 0);
    }

    private static Pushed pushed(ImageScan scan) {
        return new Pushed(scan.image(), scan.repository(), scan.digest(), scan.requestedAt());
    }

    /// Null at the end.
    private @Nullable Round unscanned(Round at) {
        if (at.state().configurations().isEmpty()) {
            return null;
        }
        var repositories = means.metadata().read(tx -> tx.repositories().all(at.repository() - 1, 1));
        if (repositories.isEmpty()) {
            return null;
        }
        var repository = repositories.getFirst();
        var image = repository.id() == at.repository() ? at.image() : 0;
        var images = isContinuous(at.state(), repository) ? images(repository, image) : List.<StoredImage>of();
        changed.ask(unscanned(repository, images));
        return images.size() < AT_ONCE
                ? new Round(at.state(), 0, true, repository.id() + 1, 0)
                : new Round(
                        at.state(), 0, true, repository.id(), images.getLast().id());
    }

    private static boolean isContinuous(State state, Repository repository) {
        var configuration = state.configurations().get(key(repository.registry()));
        return configuration != null && configuration.of(repository).frequency() == Frequency.CONTINUOUS_SCAN;
    }

    private static String key(RegistryId registry) {
        return registry.toString();
    }

    private List<StoredImage> images(Repository repository, long after) {
        return means.metadata().read(tx -> tx.images().images(repository, after, null, AT_ONCE));
    }

    private List<Pushed> unscanned(Repository repository, List<StoredImage> images) {
        var scans = means.metadata().read(tx -> tx.scans().shown(images));
        return images.stream()
                .filter(image -> {
                    var scan = scans.get(image.id());
                    return scan == null || scan.type() != ScanningConfiguration.Type.ENHANCED;
                })
                .map(image -> new Pushed(image.id(), repository.id(), image.digest(), image.pushedAt()))
                .toList();
    }
}
