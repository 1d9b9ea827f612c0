package entrepot.store.disk;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Metered;
import entrepot.domain.Progress;
import entrepot.store.BlobStore;
import entrepot.store.BrokeOffException;
import entrepot.store.NoSuchBlobException;
import entrepot.store.StorageFullException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// Blobs as files under one folder:
///
/// ```
/// <root>/blobs/3f/0197…3f   one file a key, in its final place from the first byte
/// ```
///
/// The folders are named by the last two characters of the keys, since the first ones are a clock. No row names a file
/// before it is sealed, so a reader sees the whole blob or nothing, and nothing is ever renamed. All of it is for its
/// owner alone, whatever the rights of the folder it is in.
public final class DiskBlobStore implements BlobStore {

    private static final int FOLDERS = 256;
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path blobs;
    private final DiskSpace space;
    private final FileLocks locks;

    public DiskBlobStore(Path root) throws IOException {
        this(root, DiskSpace.of(root));
    }

    public DiskBlobStore(Path root, DiskSpace space) throws IOException {
        this.space = space;
        blobs = root.resolve("blobs");
        locks = new FileLocks(root.resolve("blob-locks"));
        if (!Files.isDirectory(blobs.resolve("ff"))) {
            makeFolders(root);
        }
    }

    private void makeFolders(Path root) throws IOException {
        Files.createDirectories(blobs, OWNER_ONLY);
        for (int i = 0; i < FOLDERS; i++) {
            Files.createDirectories(blobs.resolve("%02x".formatted(i)), OWNER_ONLY);
        }
        sync(blobs);
        sync(root);
    }

    @Override
    public Optional<Held> hold(BlobKey key) throws IOException {
        return locks.lock(key);
    }

    @Override
    public void create(BlobKey key) throws IOException {
        space.require();
        noticingFullDisk(() -> {
            FileChannel.open(file(key), NEW, OWNER_FILE).close();
            return 0L;
        });
    }

    /// Survives the end of the process when it returns, not of the machine.
    @Override
    public Progress append(BlobKey key, Progress from, Content bytes) throws IOException {
        try (var channel = open(key)) {
            truncate(channel, key, from.length());
            channel.position(from.length());
            return Progress.of(noticingFullDisk(() -> appendAt(channel, from.length(), new Metered(bytes, space))));
        }
    }

    private static void truncate(FileChannel channel, BlobKey key, long length) throws IOException {
        if (channel.size() < length) {
            throw new NoSuchBlobException(key, channel.size(), length);
        }
        channel.truncate(length);
    }

    private static long appendAt(FileChannel channel, long offset, Content bytes) throws IOException {
        try {
            bytes.writeTo(channel);
            return channel.position();
        } catch (IOException e) {
            if (e instanceof StorageFullException || isFull(e)) {
                channel.truncate(offset);
                throw e;
            }
            throw new BrokeOffException(Progress.of(channel.position()), e);
        }
    }

    @Override
    public Progress upTo(BlobKey key, Progress progress, long length) throws IOException {
        var stored = size(key).orElseThrow(() -> new NoSuchBlobException(key));
        return Progress.of(Math.min(stored, Math.min(length, progress.length())));
    }

    @Override
    public void seal(BlobKey key, Progress progress) throws IOException {
        noticingFullDisk(() -> {
            try (var channel = open(key)) {
                truncate(channel, key, progress.length());
                channel.force(false);
            }
            sync(folder(key));
            return 0L;
        });
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        try {
            return OptionalLong.of(Files.size(file(key)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public Content open(BlobKey key, long size, long from, long length) throws IOException {
        var stored = size(key).orElseThrow(() -> new NoSuchBlobException(key));
        if (stored != size) {
            throw new NoSuchBlobException(key, stored, size);
        }
        return new Content.FileRegion(file(key), from, length);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        Files.deleteIfExists(file(key));
    }

    @Override
    public Stream<Lying> listed() throws IOException {
        return new DiskListing(blobs).all();
    }

    /// A full disk can be read all the same, and refuses by itself.
    @Override
    public void check() throws IOException {
        var folder = blobs.resolve("ff");
        if (!Files.isReadable(folder) || !Files.isWritable(folder)) {
            throw new IOException("cannot be read and written");
        }
    }

    @Override
    public void close() {
        locks.close();
    }

    @Override
    public String toString() {
        return "files in " + blobs;
    }

    private FileChannel open(BlobKey key) throws IOException {
        try {
            return FileChannel.open(file(key), StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw new NoSuchBlobException(key);
        }
    }

    private Path file(BlobKey key) {
        return folder(key).resolve(key.value());
    }

    private Path folder(BlobKey key) {
        return folder(blobs, key);
    }

    static Path folder(Path blobs, BlobKey key) {
        return blobs.resolve(key.value().substring(key.value().length() - 2));
    }

    /// Makes the names in a folder durable.
    static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    interface Work {
        long call() throws IOException;
    }

    static long noticingFullDisk(Work work) throws IOException {
        try {
            return work.call();
        } catch (IOException e) {
            throw isFull(e) ? new StorageFullException(e) : e;
        }
    }

    /// The JDK tells a full disk from other failures by its text alone.
    private static boolean isFull(IOException e) {
        var message = String.valueOf(e.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }
}
