package entrepot.store.disk;

import entrepot.domain.BlobKey;
import entrepot.store.BackupPlace;
import entrepot.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Backups in a folder:
///
/// ```
/// <root>/lock            whoever writes here has it alone; whoever reads, with others that read
/// <root>/blobs/3f/…      blobs that are whole
/// <root>/snapshots/…     files, each renamed to where it lies when it is whole and durable
/// <root>/arriving/…      blobs and files on their way
/// ```
public final class DiskBackup implements BackupPlace {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> FOR_OWNER = PosixFilePermissions.fromString("rw-------");

    private static final String LOCK = "lock";
    private static final String ARRIVING = "arriving";
    private static final String SNAPSHOTS = "snapshots";

    private final Path root;
    private final @Nullable FileChannel lock;
    private @Nullable DiskBlobStore blobs;
    private @Nullable DiskBlobStore arriving;
    private boolean hasWork;

    private DiskBackup(Path root, @Nullable FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// To write, alone. The folder is made if it is not there.
    ///
    /// @throws IOException if another process writes or reads here
    public static DiskBackup own(Path folder) throws IOException {
        var root = folder.toAbsolutePath().normalize();
        Files.createDirectories(root, OWNER_ONLY);
        var file = root.resolve(LOCK);
        if (Files.notExists(file)
                && Files.notExists(root.resolve(MARK))
                && !list(root).isEmpty()) {
            throw new IOException(root + " is not empty, and holds no backup");
        }
        var lock = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), OWNER_FILE);
        return locked(root, lock, false);
    }

    /// To read, beside others that do.
    ///
    /// @throws IOException if another process writes here
    public static DiskBackup read(Path folder) throws IOException {
        var root = folder.toAbsolutePath().normalize();
        var file = root.resolve(LOCK);
        return Files.exists(file)
                ? locked(root, FileChannel.open(file, StandardOpenOption.READ), true)
                : new DiskBackup(root, null);
    }

    private static DiskBackup locked(Path root, FileChannel lock, boolean shared) throws IOException {
        if (isLocked(lock, shared)) {
            return new DiskBackup(root, lock);
        }
        lock.close();
        throw new IOException(root + " is in use by another backup or restore");
    }

    private static boolean isLocked(FileChannel lock, boolean shared) throws IOException {
        try {
            return lock.tryLock(0, Long.MAX_VALUE, shared) != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this process
        }
    }

    @Override
    public synchronized BlobStore blobs() throws IOException {
        if (blobs == null) {
            blobs = new DiskBlobStore(root);
        }
        return blobs;
    }

    @Override
    public synchronized BlobStore arriving() throws IOException {
        if (arriving == null) {
            arriving = new DiskBlobStore(work());
        }
        return arriving;
    }

    @Override
    public void publish(BlobKey key) throws IOException {
        blobs(); // makes its folders
        var from = DiskBlobStore.folder(work().resolve("blobs"), key);
        move(from.resolve(key.value()), DiskBlobStore.folder(root.resolve("blobs"), key), key.value());
    }

    /// Folders end with `/`. Those of the snapshots are looked into, no others.
    @Override
    public List<String> names() throws IOException {
        var names = new ArrayList<String>();
        for (var path : Files.isDirectory(root) ? list(root) : List.<Path>of()) {
            var name = String.valueOf(path.getFileName());
            if (name.equals(SNAPSHOTS) && Files.isDirectory(path)) {
                for (var snapshot : list(path)) {
                    names.addAll(under(snapshot));
                }
            } else if (!name.equals(LOCK) && !name.equals(ARRIVING)) {
                names.add(Files.isDirectory(path) ? name + "/" : name);
            }
        }
        return names;
    }

    private List<String> under(Path path) throws IOException {
        return Files.isDirectory(path)
                ? list(path).stream()
                        .map(file -> root.relativize(file).toString())
                        .toList()
                : List.of(root.relativize(path).toString());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.toList();
        }
    }

    @Override
    public InputStream read(String name) throws IOException {
        return Files.newInputStream(root.resolve(name));
    }

    @Override
    public void put(String name, Path file) throws IOException {
        DiskBlobStore.noticingFullDisk(() -> {
            Files.setPosixFilePermissions(file, FOR_OWNER);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            var folder = folder(name);
            makeFolder(folder);
            move(file, folder, name.substring(name.lastIndexOf('/') + 1));
            return 0L;
        });
    }

    private Path folder(String name) {
        return root.resolve(name.substring(0, Math.max(0, name.lastIndexOf('/'))));
    }

    /// Of a snapshot; with its name durable, and that of the folder above it.
    private void makeFolder(Path folder) throws IOException {
        if (folder.equals(root) || Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder, OWNER_ONLY);
        DiskBlobStore.sync(root.resolve(SNAPSHOTS));
        DiskBlobStore.sync(root);
    }

    private static void move(Path file, Path folder, String name) throws IOException {
        Files.move(file, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        DiskBlobStore.sync(folder);
    }

    /// With the folder that it was alone in.
    @Override
    public void delete(String name) throws IOException {
        var folder = folder(name);
        if (Files.deleteIfExists(root.resolve(name)) && name.startsWith(SNAPSHOTS)) {
            DiskBlobStore.sync(folder);
            if (list(folder).isEmpty()) {
                Files.deleteIfExists(folder);
            }
        }
    }

    /// What a process that was killed has left there is gone.
    @Override
    public synchronized Path work() throws IOException {
        var folder = root.resolve(ARRIVING);
        if (!hasWork) {
            clear(folder);
            Files.createDirectory(folder, OWNER_ONLY);
            hasWork = true;
        }
        return folder;
    }

    private static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            if (hasWork) {
                clear(root.resolve(ARRIVING));
            }
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
