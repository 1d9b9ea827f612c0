package entrepot.operation.layer;

import entrepot.domain.Asker;
import entrepot.domain.Content;
import entrepot.domain.Incoming;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryException;
import entrepot.domain.UploadId;
import entrepot.store.BlobStore;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The right to write one upload, or the wait for it. Used by one thread, but for [#end].
final class Hold implements AutoCloseable {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final OpenUploads uploads;
    private final OpenUploads.Entry entry;
    private final String principal;
    private final UploadId id;
    private @Nullable Incoming incoming;
    private BlobStore.Held elsewhere = BlobStore.Held.NOTHING;
    private volatile @Nullable Thread watching;
    private boolean ended;
    private boolean overtaken;

    Hold(OpenUploads uploads, UploadId id, OpenUploads.Entry entry, String principal) {
        this.uploads = uploads;
        this.id = id;
        this.entry = entry;
        this.principal = principal;
    }

    OpenUploads.Entry entry() {
        return entry;
    }

    String principal() {
        return principal;
    }

    /// Of the upload's bytes so far.
    UploadHash hash() {
        return entry.hash;
    }

    boolean isLocked(Duration patience) {
        try {
            return entry.lock.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Whether nobody else may write it at another node now.
    ///
    /// @param hold asks the store for that; empty while somebody may
    boolean keepsOut(LayerUploads.Storing<Optional<BlobStore.Held>> hold) {
        var held = LayerUploads.storing(hold);
        held.ifPresent(all -> elsewhere = all);
        return held.isPresent();
    }

    /// The same, after who may has had time to end.
    boolean keepsOutSoon(LayerUploads.Storing<Optional<BlobStore.Held>> hold) {
        var end = System.nanoTime() + uploads.patience().toNanos();
        while (!keepsOut(hold)) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
        return true;
    }

    /// What is known of its bytes here was so in that turn. If another one was the last, it is not to be used.
    ///
    /// @param now the turn that it is
    void knows(long turn, long now) {
        if (entry.turn != turn) {
            entry.hash.back(0);
        }
        entry.turn = now;
    }

    /// Looks every now and then, until it is closed, whether a newer request is at another node, as which this one
    /// ends.
    void watch(BooleanSupplier newer) {
        var thread = Thread.ofVirtual().name("upload-turn").unstarted(() -> {
            while (watching != null) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                if (watching != null && isSo(newer)) {
                    overtake();
                    return;
                }
            }
        });
        watching = thread;
        thread.start();
    }

    /// What cannot be asked now is asked again.
    private static boolean isSo(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private synchronized void overtake() {
        overtaken = true;
        end();
    }

    RegistryException busy() {
        return new RegistryException(new LayerError.UploadBusy(id));
    }

    private synchronized void refuseOvertaken() {
        if (overtaken) {
            throw busy();
        }
    }

    /// Content of which nothing is to be kept where another node has taken the upload over.
    private record Received(Content content, Hold hold) implements Content {
        @Override
        public long length() {
            return content.length();
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            try {
                content.writeTo(target);
            } finally {
                hold.refuseOvertaken();
            }
        }
    }

    /// A newer request takes the place of this one: what still comes of its bytes is not waited for. What has come
    /// already, all of it, is written.
    synchronized void end() {
        ended = true;
        if (incoming != null) {
            incoming.breakOff();
        }
    }

    /// The same content, which breaks off when this is ended.
    synchronized Content receiving(Content content) {
        if (content instanceof Incoming body) {
            incoming = body;
            if (ended) {
                body.breakOff();
            }
        }
        return new Received(content, this);
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /// Whether anybody still wants what this is held for.
    boolean isWanted() {
        return !isEnded() && !Asker.isGone();
    }

    @Override
    public void close() {
        var watch = watching;
        watching = null;
        if (watch != null) {
            LockSupport.unpark(watch);
        }
        LayerUploads.storing(() -> {
            elsewhere.close();
            return this;
        });
        entry.lock.release();
        uploads.leave(this);
    }
}
