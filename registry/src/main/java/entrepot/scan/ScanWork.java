package entrepot.scan;

import entrepot.domain.Finding;
import entrepot.domain.ImageScan;
import entrepot.domain.ImageScan.Cause;
import entrepot.domain.RegistryException;
import entrepot.domain.ScanStatus;
import entrepot.domain.Severity;
import entrepot.scanner.Components;
import entrepot.scanner.FindingDocument;
import entrepot.scanner.ScanFailedException;
import entrepot.scanner.Scanner;
import entrepot.scanner.Scanners;
import entrepot.store.Scans;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes scans. Whoever makes one has a claim on it, that lasts as long as he is alive.
///
/// @param folder for images while they are scanned, and for the scanner's own files
public record ScanWork(ScanMeans means, Scanners scanners, Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(ScanWork.class);

    private static final int MOST_FINDINGS = 100_000;

    /// Findings that one transaction writes.
    private static final int AT_ONCE = 500;

    /// The first ones that nobody has begun with.
    public List<ImageScan> open(int limit) {
        if (scanners.isComing()) {
            return List.of();
        }
        var now = means.clock().instant();
        return means.metadata().read(tx -> tx.scans().open(now, ScanClaim.latest(now), limit));
    }

    /// Makes it, unless what is to be scanned has gone. Says whether it was this one's to make.
    public boolean make(ImageScan scan) throws IOException {
        var claim = ScanClaim.take(means, scan);
        if (claim.isPresent()) {
            make(claim.get());
        }
        return claim.isPresent();
    }

    private void make(ScanClaim claim) throws IOException {
        try {
            var target = ScanTarget.find(means, claim);
            if (target.isPresent()) {
                make(target.get());
            } else {
                claim.keep(tx -> tx.scans().drop(claim.scan()));
            }
        } catch (GivenUpException e) {
            LOG.debug("scan {} is another's, or nobody's", claim.scan().id());
        }
    }

    private void make(ScanTarget target) throws IOException {
        var work = folder.resolve(Long.toString(target.scan().id()));
        try {
            WorkFolders.make(work);
            scan(target, work);
        } catch (ScanFailedException e) {
            fail(target, String.valueOf(e.getMessage()));
        } catch (RegistryException e) {
            fail(target, e.error().message());
        } catch (InterruptedException e) {
            target.claim().release();
            Thread.currentThread().interrupt();
        } finally {
            WorkFolders.delete(work);
        }
    }

    private void scan(ScanTarget target, Path work) throws IOException, InterruptedException {
        Runnable alive = target.claim()::keep;
        alive.run();
        target.removeFindings(); // of whoever did not come to an end with it
        var scanner = scanners.current();
        var source = scanner.source();
        var components = components(scanner, target, work, alive);
        var made = Components.read(components);
        if (made.system() == null && made.packages() == 0) {
            throw new ScanFailedException(ScanWords.UNSUPPORTED);
        }
        if (made.system() != null && !scanner.knows(made.system())) {
            end(target, ScanStatus.UNSUPPORTED_IMAGE, ScanWords.unknown(made.system()), Map.of(), source);
            return;
        }
        var counts = match(scanner, target, components, work, alive);
        var status = target.isContinuous() ? ScanStatus.ACTIVE : ScanStatus.COMPLETE;
        end(target, status, ScanWords.ended(status, source, means.clock().instant()), counts, source);
    }

    /// What was found before the vulnerabilities changed is found again.
    private Path components(Scanner scanner, ScanTarget target, Path work, Runnable alive)
            throws IOException, InterruptedException {
        if (target.scan().cause() == Cause.CHANGE) {
            var kept = means.metadata().read(tx -> tx.scans().components(target.scan(), target.cover()));
            if (kept.isPresent()) {
                return Compressed.write(kept.get(), work.resolve("components.json"));
            }
        }
        var layout = new OciLayout(means, work.resolve("image"), alive).write(target);
        var components = scanner.list(layout, work, alive);
        target.keepComponents(Compressed.read(components));
        attach(target, components);
        return components;
    }

    /// No scan fails by that.
    private void attach(ScanTarget target, Path components) throws IOException {
        var attached = means.attached();
        if (attached == null) {
            return;
        }
        try {
            attached.attach(target.repository(), target.image(), components);
        } catch (RegistryException e) {
            LOG.warn(
                    "what {} is made of is not attached to it: {}",
                    target.image().digest(),
                    e.error().message());
        }
    }

    private static Map<Severity, Integer> match(
            Scanner scanner, ScanTarget target, Path components, Path work, Runnable alive)
            throws IOException, InterruptedException {
        var found = new FoundFindings(target, alive);
        scanner.match(components, work, alive, found::add);
        found.flush();
        if (found.isTooMany()) {
            throw new ScanFailedException("The scanner found more than %d vulnerabilities".formatted(MOST_FINDINGS));
        }
        return found.counts;
    }

    /// What is found, written down in lots.
    private static final class FoundFindings {
        private final ScanTarget target;
        private final Runnable alive;
        private final List<Scans.Finding> lot = new ArrayList<>();
        private final Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        private int place;

        FoundFindings(ScanTarget target, Runnable alive) {
            this.target = target;
            this.alive = alive;
        }

        void add(Finding finding) {
            place++;
            if (finding.name().isEmpty() || isTooMany()) {
                return;
            }
            counts.merge(finding.severity(), 1, Integer::sum);
            lot.add(new Scans.Finding(finding.severity(), place, FindingDocument.write(finding)));
            if (lot.size() >= AT_ONCE) {
                flush();
                alive.run();
            }
        }

        void flush() {
            target.add(lot);
            lot.clear();
        }

        boolean isTooMany() {
            return place > MOST_FINDINGS;
        }
    }

    private void fail(ScanTarget target, String why) {
        var now = means.clock().instant();
        target.end(means, ScanStatus.FAILED, new ImageScan.Result(why, now, Map.of(), knownSource()));
    }

    /// Null where there are no vulnerabilities to be had.
    private ImageScan.@Nullable Source knownSource() {
        try {
            return scanners.current().source();
        } catch (IOException e) {
            return null;
        }
    }

    private void end(
            ScanTarget target,
            ScanStatus status,
            String description,
            Map<Severity, Integer> counts,
            ImageScan.Source source) {
        target.end(
                means, status, new ImageScan.Result(description, means.clock().instant(), counts, source));
    }

    /// Removes what a process that was killed left here.
    public static void clean(Path folder) throws IOException {
        WorkFolders.delete(folder);
    }
}
