package entrepot.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The folder that holds everything, owned by one process at a time:
/// ```
/// <data>/lock          who owns it, for people to read; the lock itself is the operating system's
/// <data>/credentials   the access keys of the accounts' roots, for AWS's clients
/// <data>/server.key    the key that secrets in the metadata are sealed under
/// <data>/admin.sock    where the owner takes commands, while it serves
/// <data>/metadata.db   everything that is not a blob
/// <data>/blobs/        the blobs
/// <data>/spool/        bodies that wait to be read or sent; its files have no name while they are open
/// ```
/// The lock goes with the process, however it ends.
public final class DataFolder implements AutoCloseable {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<OpenOption> LOCKING = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    /// What is written here. Folders may lie elsewhere.
    private static final List<String> FILES =
            List.of("lock", "credentials", "server.key", "metadata.db", "metadata.db-wal", "metadata.db-shm");

    /// Source: inode(7), `S_ISVTX`.
    private static final int STICKY = 01000;

    private final Path path;
    private final FileChannel lock;
    private final Instant since;

    private DataFolder(Path path, FileChannel lock, Instant since) {
        this.path = path;
        this.lock = lock;
        this.since = since;
    }

    /// Makes the folder if it is not there, for its owner alone, and takes it.
    ///
    /// @throws InUseException if another process has it
    /// @throws IOException if others may write into it, or one of its files is only a link to one elsewhere
    public static DataFolder own(Path folder, Instant now) throws IOException {
        var path = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, OWNER_ONLY);
        }
        requireOurs(path);
        var channel = FileChannel.open(path.resolve("lock"), LOCKING, OWNER_FILE);
        if (!isTaken(channel)) {
            var holder = read(channel);
            channel.close();
            throw new InUseException(folder, holder);
        }
        var owned = new DataFolder(path, channel, now.truncatedTo(ChronoUnit.SECONDS));
        owned.write("pid %d since %s".formatted(ProcessHandle.current().pid(), owned.since));
        return owned;
    }

    /// Whoever may write into it can have us write anywhere, and read what is not theirs.
    private static void requireOurs(Path path) throws IOException {
        var rights = Files.getPosixFilePermissions(path);
        if (rights.contains(PosixFilePermission.GROUP_WRITE) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("%s is no data folder, since others may write into it (%s): %s"
                    .formatted(path, PosixFilePermissions.toString(rights), remedy(path)));
        }
        for (var name : FILES) {
            if (Files.isSymbolicLink(path.resolve(name))) {
                throw new IOException("%s is a symbolic link, where a file is needed".formatted(path.resolve(name)));
            }
        }
    }

    /// One that is everybody's on purpose, such as `/tmp`, has the sticky bit, and must stay so.
    private static String remedy(Path path) throws IOException {
        var isSticky = ((int) Files.getAttribute(path, "unix:mode") & STICKY) != 0;
        var another = "name a new folder in it";
        return isSticky ? another : another + ", or run: chmod go-w " + ShellWord.of(path);
    }

    /// Tells who asks for the folder where its owner is reached.
    public void announce(String url) throws IOException {
        write("pid %d on %s since %s".formatted(ProcessHandle.current().pid(), url, since));
    }

    public Path path() {
        return path;
    }

    public CredentialsFile credentials() {
        return CredentialsFile.in(path);
    }

    /// Where the server that owns a folder takes commands.
    public static Path adminSocket(Path folder) {
        return folder.resolve("admin.sock");
    }

    /// Where a folder that need not be owned has its metadata.
    public static Path metadata(Path folder) {
        return folder.resolve("metadata.db");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(1024);
        while (channel.read(bytes) > 0) {}
        return UTF_8.decode(bytes.flip()).toString().strip();
    }

    private void write(String holder) throws IOException {
        lock.truncate(0);
        lock.write(UTF_8.encode(holder + "\n"), 0);
    }

    /// Another process owns the folder.
    public static final class InUseException extends IOException {

        private static final Pattern ADDRESS = Pattern.compile(".* on (\\S+) since .*");

        private final String holder;

        InUseException(Path folder, String holder) {
            super("%s is in use by %s".formatted(folder, holder.isEmpty() ? "another process" : holder));
            this.holder = holder;
        }

        /// Where the server listens that has it, such as `http://127.0.0.1:5000`; empty if it does not say.
        public Optional<String> address() {
            var address = ADDRESS.matcher(holder);
            return address.matches() ? Optional.of(address.group(1)) : Optional.empty();
        }
    }
}
