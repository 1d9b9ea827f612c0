package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.StreamSegmentDecrypter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;

/// Decrypts the file of each path and data key that it is sent, and answers one byte. See `DecryptingLimit`.
///
/// The files are as docs/decisions/0024 says: segments of 64 KiB, each behind a length of 4 bytes and one stream of
/// Tink's; name of the file, number and length are its associated data.
final class DecryptingProcess {
    private static final int KEY = 32;
    private static final int PLAIN = 64 << 10;
    private static final int LENGTH = Integer.BYTES;
    private static final int STREAM_HEAD = 40;
    private static final int STREAM = STREAM_HEAD + PLAIN + 16;

    private final AesGcmHkdfStreaming cipher;
    private final byte[] name;
    private final ByteBuffer sealed = ByteBuffer.allocate(LENGTH + STREAM);
    private final ByteBuffer plain = ByteBuffer.allocate(PLAIN);

    private DecryptingProcess(byte[] dataKey, String name) throws GeneralSecurityException {
        this.cipher = new AesGcmHkdfStreaming(dataKey, "HmacSha256", KEY, STREAM, 0);
        this.name = name.getBytes(UTF_8);
    }

    /// Takes the port.
    public static void main(String... arguments) throws IOException {
        TaskProcess.serve(Integer.parseInt(arguments[0]), told -> {
            var file = Path.of(told.readUTF());
            var dataKey = told.readNBytes(KEY);
            try {
                new DecryptingProcess(dataKey, file.getFileName().toString()).open(file);
            } catch (GeneralSecurityException e) {
                throw new IOException("cannot open " + file, e);
            }
        });
    }

    private void open(Path file) throws IOException, GeneralSecurityException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (var number = 0L; channel.position() < channel.size(); number++) {
                channel.read(sealed.clear());
                open(sealed.flip(), number);
            }
        }
    }

    private void open(ByteBuffer segment, long number) throws GeneralSecurityException {
        var associated = ByteBuffer.allocate(name.length + Long.BYTES + LENGTH)
                .put(name)
                .putLong(number)
                .putInt(segment.getInt());
        StreamSegmentDecrypter stream = cipher.newStreamSegmentDecrypter();
        stream.init(segment.slice(segment.position(), STREAM_HEAD), associated.array());
        segment.position(segment.position() + STREAM_HEAD);
        stream.decryptSegment(segment, 0, true, plain.clear());
    }
}
