package entrepot.cli;

import entrepot.check.Check;
import entrepot.check.Repair;
import entrepot.check.StoredRepair;
import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.server.Stores;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A registry as a check has it: to be read, and marked by the server that runs on its folder, or by this process
/// where none does.
///
/// @param isAlone whether nobody else uses it meanwhile
record CheckedRegistry(
        Stores stores,
        Repair repair,
        boolean isAlone,
        @Nullable DataFolder folder) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedRegistry.class);

    /// Only to be read.
    static CheckedRegistry read(Config config) throws IOException {
        return new CheckedRegistry(Stores.read(config.storage()), Repair.NONE, false, null);
    }

    /// To be marked as well.
    static CheckedRegistry marked(Config config) throws IOException {
        var read = read(config);
        var through = through(config);
        if (through != null) {
            return new CheckedRegistry(read.stores(), through, false, null);
        }
        read.close(); // it is there
        return own(config);
    }

    /// The same; where that cannot be, since the folder is somebody else's, it is read all the same.
    ///
    /// @param note is told so
    static CheckedRegistry markedIfItCan(Config config, Consumer<String> note) throws IOException {
        read(config).close(); // fails if there is none
        try {
            return marked(config);
        } catch (IOException e) {
            LOG.debug("nothing can be marked", e);
            note.accept("note: nothing is marked: " + e.getMessage());
            return read(config);
        }
    }

    /// Null where no server runs. The socket of one that was killed is still there.
    private static @Nullable Repair through(Config config) throws IOException {
        var socket = DataFolder.adminSocket(config.storage().data());
        var through = new RepairThrough(socket);
        try {
            if (Files.exists(socket)) {
                var _ = through.begun(Check.NAME);
                return through;
            }
        } catch (ConnectException e) {
            LOG.debug("nobody listens on {}", socket, e);
        }
        return null;
    }

    private static CheckedRegistry own(Config config) throws IOException {
        var folder = DataFolder.own(config.storage().data(), Instant.now());
        try {
            var stores = Stores.own(config.storage(), folder);
            var repair = new StoredRepair(
                    stores.metadata(), stores.blobs(), config.rules().orphanAge());
            return new CheckedRegistry(stores, repair, !stores.metadata().isShared(), folder);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        stores.close();
        if (folder != null) {
            folder.close();
        }
    }
}
