package entrepot.store.s3;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.store.BrokeOffException;
import entrepot.store.NoSuchBlobException;
import entrepot.store.Pieces.Piece;
import entrepot.store.StorageFullException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a blob: bytes behind those that it has. They are gathered into parts; what is too little for one is an
/// object, if nothing is before it, or rows.
final class Writing implements WritableByteChannel, Closeable {

    /// Fewer than this are rows and no object, so that small steps are few requests.
    private static final int FEW = 64 << 10;

    private static final int LARGEST_ROW = 1 << 20;
    private static final byte[] NO_BYTES = {};

    private final Blob blob;
    private final Scratch scratch;
    private final List<Ledger.Entry> added = new ArrayList<>();
    private final long begin;
    private final long partsBefore;
    private S3State state;
    private long end;
    private long partSize;
    private @Nullable IOException failure;

    /// What is written, and what it takes.
    record Blob(BlobKey key, Bucket bucket, Ledger ledger, NewFiles files) {}

    Writing(Blob blob, Progress from) {
        this.blob = blob;
        this.scratch = new Scratch(blob.files());
        this.state = S3State.of(from);
        this.begin = from.length();
        this.end = begin;
        this.partsBefore = state.partsEnd();
    }

    /// The progress with all of it.
    ///
    /// @throws NoSuchBlobException if its parts are a blob already
    Progress write(Content content) throws IOException {
        if (state.parts() > 0 && !blob.ledger().has(blob.key(), state.lastPart())) {
            throw new NoSuchBlobException(blob.key());
        }
        var coming = content.length() < 0 ? 0 : end - state.partsEnd() + content.length();
        partSize = PartSizes.of(state.parts() + 1, coming);
        try {
            content.writeTo(this);
        } catch (IOException e) {
            if (failure != null || e instanceof StorageFullException) {
                throw failure == null ? e : failure;
            }
            throw new BrokeOffException(finish(), e);
        }
        return finish();
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        var count = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                take(bytes);
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        return count;
    }

    /// A part is sent when more comes behind it: what is no more than one may be an object by itself.
    private void take(ByteBuffer bytes) throws IOException {
        if (end - state.partsEnd() >= partSize) {
            sendPart();
        }
        var room = partSize - (end - state.partsEnd());
        var some = bytes.slice(bytes.position(), (int) Math.min(room, bytes.remaining()));
        bytes.position(bytes.position() + some.remaining());
        end += some.remaining();
        scratch.add(some);
    }

    private void sendPart() throws IOException {
        if (!state.hasUpload()) {
            begin();
        }
        var number = state.parts() + 1;
        var body = new Tail(blob, state, end - scratch.length()).with(scratch);
        var tag = blob.bucket().part(blob.key(), state.upload(), number, body);
        var piece = new Piece(Ledger.newId(), state.lastPart(), state.partsEnd(), body.length(), number, tag);
        added.add(new Ledger.Entry(piece, NO_BYTES));
        state = state.withPart(piece.id(), end);
        scratch.clear();
        partSize = Math.max(partSize, PartSizes.of(number + 1));
    }

    /// Written down at once, so that it can be ended whatever comes of this.
    private void begin() throws IOException {
        var upload = blob.bucket().begin(blob.key());
        state = state.withUpload(upload);
        var whole = new Piece(Ledger.newId(), S3State.NONE, 0, 0, Piece.WHOLE, upload);
        blob.ledger().add(blob.key(), List.of(new Ledger.Entry(whole, NO_BYTES)), 0);
    }

    private Progress finish() throws IOException {
        if (scratch.length() > 0) {
            keepRest();
        }
        if (!added.isEmpty()) {
            blob.ledger().add(blob.key(), added, partsBefore);
        }
        return state.progress(end);
    }

    private void keepRest() throws IOException {
        if (begin == 0 && state.parts() == 0 && scratch.length() >= FEW && scratch.length() <= PartSizes.FIRST) {
            blob.bucket().put(blob.key(), scratch);
            state = state.withObject(scratch.length());
        } else if (isPart(end - state.partsEnd())) {
            sendPart();
        } else {
            keepRows();
        }
    }

    /// Small steps wait until they are a whole part.
    private boolean isPart(long length) {
        return length >= PartSizes.of(state.parts() + 1)
                || (state.parts() > 0 && length >= PartSizes.SMALLEST && scratch.length() >= LARGEST_ROW);
    }

    private void keepRows() throws IOException {
        var first = end - scratch.length();
        for (long from = 0; from < scratch.length(); from += LARGEST_ROW) {
            var bytes = scratch.bytes(from, (int) Math.min(LARGEST_ROW, scratch.length() - from));
            var row = new Piece(Ledger.newId(), state.lastRow(), first + from, bytes.length, 0, "");
            added.add(new Ledger.Entry(row, bytes));
            state = state.withRow(row.id());
        }
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
