package entrepot.store.s3;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.store.NoSuchBlobException;
import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Part of an object, asked for when it is written. Where the answer breaks off, the rest is asked for again.
///
/// @param size of the whole object
record S3Content(Bucket bucket, BlobKey key, long size, long from, long length) implements Content {

    private static final int PIECE = 64 << 10;

    /// Answers that bring nothing, one after the other.
    private static final int TRIES = 3;

    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        var piece = new byte[(int) Math.min(PIECE, length)];
        var tries = 0;
        for (long done = 0; done < length; ) {
            var came = pour(done, piece, target);
            tries = came > 0 ? 0 : tries + 1;
            done += came;
            if (tries == TRIES) {
                throw new StoreAwayException("S3 does not send the bytes of " + key);
            }
        }
    }

    /// How many bytes came before the answer ended.
    private long pour(long done, byte[] piece, WritableByteChannel target) throws IOException {
        var answer = bucket.get(key, range(done));
        var whole = false;
        try {
            if (!hasSize(answer.response())) {
                return 0;
            }
            long came = 0;
            for (int count; (count = read(answer, piece, length - done - came)) > 0; came += count) {
                var bytes = ByteBuffer.wrap(piece, 0, count);
                while (bytes.hasRemaining()) {
                    target.write(bytes);
                }
            }
            whole = came == length - done;
            return came;
        } finally {
            end(answer, whole);
        }
    }

    private @Nullable String range(long done) {
        return done == 0 && length == size ? null : "bytes=%d-%d".formatted(from + done, from + length - 1);
    }

    /// A line that breaks may leave a number without its last digits: only what is said twice is so.
    ///
    /// @throws NoSuchBlobException if the object has another size
    private boolean hasSize(GetObjectResponse answer) throws IOException {
        var range = answer.contentRange();
        var stored =
                range == null ? answer.contentLength() : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
        if (stored != size && bucket.size(key).orElse(size) == stored) {
            throw new NoSuchBlobException(key, stored, size);
        }
        return stored == size;
    }

    /// How many bytes came, if any. Who has waited for one in vain has waited long enough.
    private static int read(ResponseInputStream<?> answer, byte[] piece, long most) throws StoreAwayException {
        try {
            return most == 0 ? 0 : answer.read(piece, 0, (int) Math.min(most, piece.length));
        } catch (SocketTimeoutException e) {
            throw new StoreAwayException("S3 stopped sending");
        } catch (IOException e) {
            return 0;
        }
    }

    /// The connection of an answer that was not read to its end is of no use.
    private static void end(ResponseInputStream<?> answer, boolean whole) throws IOException {
        if (whole) {
            answer.close();
        } else {
            answer.abort();
        }
    }
}
