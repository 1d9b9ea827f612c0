package entrepot.store.s3;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// An object's bytes on their way here.
interface Arriving {

    /// How many bytes the whole object has, as the head of the answer says.
    long size();

    /// Hands on some of the bytes. Returns how many, and 0 at the end.
    ///
    /// @param most at least 1
    /// @throws ArrivalException if no more come
    int pass(WritableByteChannel target, long most) throws IOException;

    /// To be called once, when no more are wanted.
    ///
    /// @param whole whether all were read, so that the connection may be used again
    void end(boolean whole) throws IOException;

    /// The answer broke off: the target is as good as before.
    final class ArrivalException extends IOException {
        private static final long serialVersionUID = 1;

        ArrivalException(IOException cause) {
            super(cause);
        }

        /// Whether nothing came for too long.
        boolean isSilence() {
            return getCause() instanceof SocketTimeoutException;
        }
    }

    /// By the SDK.
    ///
    /// @param piece through which they pass
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Streamed(ResponseInputStream<GetObjectResponse> answer, byte[] piece) implements Arriving {

        private static final int PIECE = 64 << 10;

        Streamed(ResponseInputStream<GetObjectResponse> answer) {
            this(answer, new byte[PIECE]);
        }

        /// A line that breaks may leave a number without its last digits: only what is said twice is so.
        @Override
        public long size() {
            var range = answer.response().contentRange();
            return range == null
                    ? answer.response().contentLength()
                    : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
        }

        @Override
        public int pass(WritableByteChannel target, long most) throws IOException {
            var count = read(most);
            var bytes = ByteBuffer.wrap(piece, 0, Math.max(0, count));
            while (bytes.hasRemaining()) {
                target.write(bytes);
            }
            return Math.max(0, count);
        }

        private int read(long most) throws ArrivalException {
            try {
                return answer.read(piece, 0, (int) Math.min(most, piece.length));
            } catch (IOException e) {
                throw new ArrivalException(e);
            }
        }

        /// The connection of an answer that was not read to its end is of no use.
        @Override
        public void end(boolean whole) throws IOException {
            if (whole) {
                answer.close();
            } else {
                answer.abort();
            }
        }
    }
}
