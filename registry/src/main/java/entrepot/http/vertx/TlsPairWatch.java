package entrepot.http.vertx;

import entrepot.http.TlsSettings;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether certificate and key have changed. Where the new ones do not belong together yet, the old ones stay in
/// use.
final class TlsPairWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TlsPairWatch.class);

    /// What tells a file from what it was before.
    private record Look(FileTime changed, long size) {}

    private final TlsSettings files;
    private final TlsPair pair;
    private final Consumer<KeyCertOptions> use;
    private List<Look> seen;

    /// Must be made before the files are read for the first time.
    ///
    /// @param use gets the new pair
    TlsPairWatch(TlsSettings files, TlsPair pair, Consumer<KeyCertOptions> use) {
        this.files = files;
        this.pair = pair;
        this.use = use;
        this.seen = look();
    }

    @Override
    public synchronized void run() {
        var now = look();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            use.accept(pair.read());
            LOG.info("new connections get the certificate that is in {} now", files.certificate());
        } catch (IOException | RuntimeException e) {
            LOG.warn("the certificate stays as it was: {}", e.getMessage());
        }
    }

    private List<Look> look() {
        return List.of(look(files.certificate()), look(files.key()));
    }

    private static Look look(Path file) {
        try {
            return new Look(Files.getLastModifiedTime(file), Files.size(file));
        } catch (IOException e) {
            return new Look(FileTime.fromMillis(0), -1);
        }
    }
}
