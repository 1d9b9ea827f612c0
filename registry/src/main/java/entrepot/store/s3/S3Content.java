package entrepot.store.s3;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.store.NoSuchBlobException;
import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/// Part of an object, asked for when it is written. Where the answer breaks off, the rest is asked for again.
///
/// @param size of the whole object
record S3Content(Bucket bucket, BlobKey key, long size, long from, long length) implements Content {

    /// Answers that bring nothing, one after the other.
    private static final int TRIES = 3;

    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        var tries = 0;
        for (long done = 0; done < length; ) {
            var came = pour(done, target);
            tries = came > 0 ? 0 : tries + 1;
            done += came;
            if (tries == TRIES) {
                throw new StoreAwayException("S3 does not send the bytes of " + key);
            }
        }
    }

    /// How many bytes came before the answer ended.
    private long pour(long done, WritableByteChannel target) throws IOException {
        var answer = bucket.arriving(key, range(done));
        var whole = false;
        try {
            if (!hasSize(answer)) {
                return 0;
            }
            long came = 0;
            for (int count; (count = pass(answer, target, length - done - came)) > 0; ) {
                came += count;
            }
            whole = came == length - done;
            return came;
        } finally {
            answer.end(whole);
        }
    }

    private @Nullable String range(long done) {
        return done == 0 && length == size ? null : "bytes=%d-%d".formatted(from + done, from + length - 1);
    }

    /// @throws NoSuchBlobException if the object has another size
    private boolean hasSize(Arriving answer) throws IOException {
        var stored = answer.size();
        if (stored != size && bucket.size(key).orElse(size) == stored) {
            throw new NoSuchBlobException(key, stored, size);
        }
        return stored == size;
    }

    /// How many bytes came, if any. Who has waited for one in vain has waited long enough.
    private static int pass(Arriving answer, WritableByteChannel target, long most) throws IOException {
        try {
            return most == 0 ? 0 : answer.pass(target, most);
        } catch (Arriving.ArrivalException e) {
            if (e.isSilence()) {
                throw new StoreAwayException("S3 stopped sending");
            }
            return 0;
        }
    }
}
