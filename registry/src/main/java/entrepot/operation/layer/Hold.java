package entrepot.operation.layer;

import entrepot.domain.Asker;
import entrepot.domain.Content;
import entrepot.domain.Incoming;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The right to write one upload, or the wait for it. Used by one thread, but for [#end].
final class Hold implements AutoCloseable {

    private final OpenUploads uploads;
    private final OpenUploads.Entry entry;
    private final String principal;
    private @Nullable Incoming incoming;
    private boolean ended;

    Hold(OpenUploads uploads, OpenUploads.Entry entry, String principal) {
        this.uploads = uploads;
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
        return content;
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
        entry.lock.release();
        uploads.leave(this);
    }
}
