package entrepot.upstream.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/// The bytes of an answer's body, framed as its head says (RFC 9112, 6). One that is cut fails with EOFException and
/// never ends as if it were whole, but for those whose end is the connection's.
abstract sealed class BodyInput extends InputStream {

    final InputStream in;
    boolean isAtEnd;

    private BodyInput(InputStream in) {
        this.in = in;
    }

    /// Whether the next answer follows on the connection.
    boolean isWhole() {
        return isAtEnd && !(this instanceof UntilClose);
    }

    @Override
    public final int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] into, int offset, int length) throws IOException;

    static EOFException cut() {
        return new EOFException("the connection broke off in the middle of an answer");
    }

    static final class Fixed extends BodyInput {
        private long left;

        Fixed(InputStream in, long length) {
            super(in);
            left = length;
            isAtEnd = length == 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (isAtEnd) {
                return -1;
            }
            var count = in.read(into, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw cut();
            }
            left -= count;
            isAtEnd = left == 0;
            return count;
        }
    }

    static final class UntilClose extends BodyInput {
        UntilClose(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var count = isAtEnd ? -1 : in.read(into, offset, length);
            isAtEnd = count < 0;
            return count;
        }
    }

    /// Source: RFC 9112, 7.1.
    static final class Chunked extends BodyInput {
        private static final int LONGEST_LINE = 4 << 10;
        private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(;.*)?");

        private long left;

        Chunked(InputStream in) throws IOException {
            super(in);
            nextChunk();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (isAtEnd) {
                return -1;
            }
            var count = in.read(into, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw cut();
            }
            left -= count;
            if (left == 0) {
                requireEmptyLine();
                nextChunk();
            }
            return count;
        }

        private void nextChunk() throws IOException {
            var size = SIZE.matcher(line());
            if (!size.matches()) {
                throw new MalformedAnswerException("the answer has a chunk without a length");
            }
            left = Long.parseLong(size.group(1), 16);
            isAtEnd = left == 0;
            if (isAtEnd) {
                skipTrailers();
            }
        }

        private void skipTrailers() throws IOException {
            var trailers = new Head.Lines(in, LONGEST_LINE);
            while (!trailers.next().isEmpty()) {
                // nobody asks for them
            }
        }

        private void requireEmptyLine() throws IOException {
            if (!line().isEmpty()) {
                throw new MalformedAnswerException("the answer has a chunk that is longer than it says");
            }
        }

        private String line() throws IOException {
            return new Head.Lines(in, LONGEST_LINE).next();
        }
    }
}
