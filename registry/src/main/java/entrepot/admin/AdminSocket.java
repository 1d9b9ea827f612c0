package entrepot.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes commands on a Unix socket in the data folder, which only the folder's owner can open.
public final class AdminSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);

    /// The process may have all the files open that it may, for a while.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path file;
    private final ServerSocketChannel channel;
    private final Map<String, AdminCommand> commands;

    private AdminSocket(Path file, ServerSocketChannel channel, Map<String, AdminCommand> commands) {
        this.file = file;
        this.channel = channel;
        this.commands = commands;
    }

    /// Begins to listen. What lies under that name is replaced: whoever calls this owns the folder.
    ///
    /// @throws IOException if the system does not allow it, as where the path is longer than some hundred bytes
    public static AdminSocket listen(Path file, Map<String, AdminCommand> commands) throws IOException {
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            bind(channel, file);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        var socket = new AdminSocket(file, channel, Map.copyOf(commands));
        Thread.ofVirtual().name("admin").start(socket::accept);
        return socket;
    }

    /// In a folder that nobody else can enter, until the socket has its rights.
    private static void bind(ServerSocketChannel channel, Path file) throws IOException {
        var folder = Files.createTempDirectory(file.toAbsolutePath().getParent(), "s");
        var made = folder.resolve("s");
        try {
            channel.bind(UnixDomainSocketAddress.of(made));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(folder);
        }
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                var client = channel.accept();
                Thread.ofVirtual().name("admin-command").start(() -> serve(client));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | Error e) {
                LOG.warn("no command could be taken", e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            AdminMessages.write(client, answer(AdminMessages.read(client, AdminMessages.Request.class)));
        } catch (IOException e) {
            LOG.debug("an administrator went away", e);
        }
    }

    private AdminMessages.Answer answer(AdminMessages.Request request) {
        try {
            var command = commands.get(request.command());
            return command == null
                    ? new AdminMessages.Answer(List.of(), "this server has no command " + request.command())
                    : new AdminMessages.Answer(command.run(request.arguments()), null);
        } catch (IOException e) {
            return new AdminMessages.Answer(List.of(), e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("{} failed", request.command(), e);
            return new AdminMessages.Answer(List.of(), "the server failed; its log says how");
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            LOG.warn("could not close {}", file, e);
        }
    }
}
