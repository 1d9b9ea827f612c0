package entrepot.upstream.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// A socket's bytes, which may not be silent for long, nor take longer than agreed in all.
final class PatientInput extends InputStream {

    private final Socket socket;
    private final InputStream in;
    private final long silence;
    private long end = Long.MAX_VALUE;
    private boolean hasEnd;

    PatientInput(Socket socket, Duration silence) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.silence = silence.toNanos();
    }

    void endWithin(Duration time) {
        end = System.nanoTime() + time.toNanos();
        hasEnd = true;
    }

    void endWhenever() {
        hasEnd = false;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var left = hasEnd ? Math.min(silence, end - System.nanoTime()) : silence;
        if (left <= 0) {
            throw new SocketTimeoutException("it took too long");
        }
        socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
        return in.read(into, offset, length);
    }
}
