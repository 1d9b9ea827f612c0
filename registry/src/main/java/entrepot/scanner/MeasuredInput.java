package entrepot.scanner;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Gives no more bytes than its reader has said to want, whatever an archive says of itself.
final class MeasuredInput extends FilterInputStream {

    private long left;

    MeasuredInput(InputStream in) {
        super(in);
    }

    /// From now on so many.
    void allow(long bytes) {
        left = bytes;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left <= 0) {
            throw new ScanFailedException("The database's archive cannot be read");
        }
        var count = in.read(into, offset, (int) Math.min(length, left));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        var skipped = in.skip(Math.min(count, Math.max(0, left)));
        left -= skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
