package entrepot.job;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import entrepot.archive.BlobPlaces;
import entrepot.auth.KeyUsage;
import entrepot.domain.EventFilter;
import entrepot.domain.EventRules;
import entrepot.domain.GarbageRules;
import entrepot.domain.ScannerDatabase;
import entrepot.domain.ScannerRules;
import entrepot.domain.ScrubRules;
import entrepot.event.EventSender.Sent;
import entrepot.event.EventTarget;
import entrepot.event.EventTargets;
import entrepot.operation.AuditTrail;
import entrepot.operation.ImageChanges;
import entrepot.operation.PullTimes;
import entrepot.operation.World;
import entrepot.replication.Replicas;
import entrepot.scanner.Scanner;
import entrepot.signing.SigningMeans;
import entrepot.store.Reserve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AllJobsTest {

    private static final ScannerRules GRYPE = new ScannerRules(
            ScannerRules.Engine.GRYPE,
            Path.of("grype"),
            new ScannerDatabase.Folder(Path.of("db")),
            Duration.ofMinutes(10),
            1,
            1L << 30,
            false,
            null);

    @AutoClose
    private final World world = World.withApp();

    private final List<Job> jobs = AllJobs.with(new JobMeans(
            world.metadata,
            new BlobPlaces(world.blobs, null, world.vault),
            world.clock,
            ImageChanges.NONE,
            new JobMeans.Times(
                    Duration.ofHours(24),
                    Duration.ofHours(24),
                    GarbageRules.USUAL,
                    ScrubRules.OFF,
                    Duration.ZERO,
                    new GarbageCounts()),
            new JobMeans.Serving(
                    AuditTrail.NONE,
                    List.of(),
                    new KeyUsage(),
                    new PullTimes(world.clock),
                    new EventTargets(
                            List.of(new EventTarget("t", "t", EventFilter.ALL, events -> new Sent(0, null))),
                            EventRules.USUAL),
                    _ -> {},
                    Replicas.with(world.means, world.door, Map.of(), new Replicas.Counts()),
                    SigningMeans.with(world.means, world.door, List.of()),
                    () -> {},
                    () -> {}),
            new JobMeans.Scanning(
                    GRYPE,
                    Path.of("scans"),
                    Reserve.NONE,
                    null,
                    Optional.of(() -> Scanner.of(GRYPE, Path.of("db"), null)),
                    null)));

    @Test
    void every_job_that_is_written_is_listed() {
        var written = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("entrepot")
                        .that(assignableTo(Job.class))
                        .stream()
                        .filter(type -> !type.isInterface())
                        .map(type -> type.getName())
                        .toList();

        assertThat(jobs).extracting(job -> job.getClass().getName()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void every_job_is_in_the_documents() throws IOException {
        var page = Files.readString(Path.of("../docs/operations.md"));

        assertThat(jobs)
                .allSatisfy(job -> assertThat(page)
                        .contains("| `%s` | %s | %d s |".formatted(job.name(), words(job.scope()), seconds(job))));
    }

    private static String words(Job.Scope scope) {
        return scope == Job.Scope.EACH_NODE ? "each" : "one";
    }

    private static long seconds(Job job) {
        return job.every().toSeconds();
    }

    @Test
    void each_has_the_name_of_its_class_and_a_pause() {
        assertThat(jobs)
                .extracting(Job::name)
                .containsExactly(
                        "expired-uploads",
                        "discarded-blobs",
                        "unfinished-blobs",
                        "deleted-repositories",
                        "old-history",
                        "garbage-clock",
                        "garbage-collection",
                        "missed-garbage",
                        "archived-layers",
                        "scrub",
                        "keys-to-delete",
                        "keys-to-rotate",
                        "secrets-to-delete",
                        "lifecycle-runs",
                        "lifecycle-previews",
                        "secret-rotation",
                        "root-key-in-use",
                        "used-keys",
                        "pulled-images",
                        "event-delivery",
                        "old-events",
                        "cached-images",
                        "replication-delivery",
                        "old-replication",
                        "certificate-renewal",
                        "pushed-image-scans",
                        "image-scans",
                        "continuous-image-scans",
                        "scanner-databases",
                        "old-scans",
                        "image-signatures");
        assertThat(jobs).allMatch(job -> job.every().toMillis() >= 1_000);
    }
}
