package entrepot.cli;

import entrepot.admin.AdminClient;
import entrepot.folder.DataFolder;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server that runs on a data folder, if one does.
record RunningRegistry(Path data) {

    private static final Logger LOG = LoggerFactory.getLogger(RunningRegistry.class);

    /// What it answers to a command; empty where none runs. The socket of one that was killed is still there.
    ///
    /// @throws IOException if it refuses, or breaks off
    Optional<List<String>> ask(String command, List<String> arguments) throws IOException {
        var socket = DataFolder.adminSocket(data);
        try {
            return Files.exists(socket) ? Optional.of(AdminClient.call(socket, command, arguments)) : Optional.empty();
        } catch (ConnectException e) {
            LOG.debug("nobody listens on {}", socket, e);
            return Optional.empty();
        }
    }
}
