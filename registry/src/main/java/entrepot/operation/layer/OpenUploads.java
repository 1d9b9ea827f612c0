package entrepot.operation.layer;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// What this process remembers of uploads beyond their rows: who writes one now, and the SHA-256 of its bytes so far.
/// All of it may be lost at any time: then the bytes are read once more to hash them.
public final class OpenUploads {

    private static final int MOST = 10_000;
    private static final long PATIENCE_SECONDS = 10;

    /// Of no upload: a part that was refused may have been hashed, and others have come in its place.
    private static final long OTHER_BYTES = -1;

    private final Map<UploadId, Progress> entries = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Progress {
        final ReentrantLock lock = new ReentrantLock();
        MessageDigest hash = Digest.Algorithm.SHA256.newComputation();
        long hashed;
        int holders;
    }

    /// Waits for whoever writes this upload, and keeps others out until closed. Fails with `Throttling` if the wait is
    /// long, as when a client went away without its connection being closed.
    Hold hold(UploadId id) {
        Progress entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(id, _ -> new Progress());
            entry.holders++;
            forgetEldest();
        }
        if (!locked(entry)) {
            release(entry);
            throw new RegistryException(new RegistryError.Throttling());
        }
        return new Hold(id, entry);
    }

    /// How many uploads are remembered.
    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    private static boolean locked(Progress entry) {
        try {
            return entry.lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void release(Progress entry) {
        synchronized (entries) {
            entry.holders--;
        }
    }

    /// A slow upload may be held for hours, and must not keep the younger ones.
    private void forgetEldest() {
        var eldest = entries.values().iterator();
        while (entries.size() > MOST && eldest.hasNext()) {
            if (eldest.next().holders == 0) {
                eldest.remove();
            }
        }
    }

    /// The right to write one upload.
    final class Hold implements AutoCloseable {

        private final UploadId id;
        private final Progress entry;

        private Hold(UploadId id, Progress entry) {
            this.id = id;
            this.entry = entry;
        }

        /// The same bytes, hashed as they pass. They are to be written at `offset`.
        ///
        /// Where that is not the end of what was hashed, as after a restart or a part that was refused,
        /// nothing that follows is hashed: the lengths could meet by chance, of other bytes.
        Content hashing(long offset, Content content) {
            if (offset == 0) {
                entry.hash = Digest.Algorithm.SHA256.newComputation();
                entry.hashed = 0;
            }
            if (entry.hashed != offset) {
                entry.hashed = OTHER_BYTES;
                return content;
            }
            return new Hashing(content, entry);
        }

        /// The SHA-256 of the whole upload, if all of its bytes passed by here.
        Optional<Digest> sha256(long length) {
            return entry.hashed == length
                    ? cloned().map(hash -> Digest.of(Digest.Algorithm.SHA256, hash.digest()))
                    : Optional.empty();
        }

        private Optional<MessageDigest> cloned() {
            try {
                return Optional.of((MessageDigest) entry.hash.clone());
            } catch (CloneNotSupportedException e) {
                return Optional.empty();
            }
        }

        /// The upload will not be written any more.
        void forget() {
            synchronized (entries) {
                entries.remove(id, entry);
            }
        }

        @Override
        public void close() {
            entry.lock.unlock();
            release(entry);
        }
    }

    private record Hashing(Content inner, Progress entry) implements Content {
        @Override
        public long length() {
            return inner.length();
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            inner.writeTo(new HashingChannel(target, entry));
        }
    }

    private record HashingChannel(WritableByteChannel target, Progress entry) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            var seen = bytes.duplicate();
            var written = target.write(bytes);
            entry.hash.update(seen.limit(seen.position() + written));
            entry.hashed += written;
            return written;
        }

        @Override
        public boolean isOpen() {
            return target.isOpen();
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
