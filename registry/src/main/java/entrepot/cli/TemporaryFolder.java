package entrepot.cli;

import entrepot.folder.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder that is removed when the process ends, after what uses it; a process that is killed leaves it.
final class TemporaryFolder {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

    /// A server ends sooner.
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private final WorkFolder folder;
    private final CountDownLatch free = new CountDownLatch(1);

    private TemporaryFolder(WorkFolder folder) {
        this.folder = folder;
    }

    /// In `TMPDIR`, else where the machine has such.
    static TemporaryFolder make() throws IOException {
        var place = System.getenv("TMPDIR");
        var made = place == null || place.isBlank()
                ? Files.createTempDirectory("entrepot-")
                : Files.createTempDirectory(Path.of(place), "entrepot-");
        var temporary = new TemporaryFolder(new WorkFolder(made));
        Runtime.getRuntime().addShutdownHook(new Thread(temporary::remove, "temporary folder"));
        return temporary;
    }

    Path path() {
        return folder.path();
    }

    /// Says that nobody uses it any more.
    void leave() {
        free.countDown();
    }

    private void remove() {
        try {
            if (!free.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("{} is still in use", path());
            }
            folder.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("could not remove {}", path(), e);
        }
    }
}
