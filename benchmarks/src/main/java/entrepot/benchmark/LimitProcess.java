package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Stores the blob of each header that it is sent, durably, and answers one byte. See `Limit`.
///
/// @param content what follows the header, as long as the longest blob
/// @param folder for the files
record LimitProcess(ByteBuffer content, Path folder) {
    private static final int PIECE = 1 << 18;

    /// Takes the file of the content, the folder for blobs and the port.
    public static void main(String... arguments) throws IOException {
        var process = new LimitProcess(map(Path.of(arguments[0])), Path.of(arguments[1]));
        TaskProcess.serve(Integer.parseInt(arguments[2]), told -> {
            var header = new byte[Blobs.HEADER];
            told.readFully(header);
            process.store(header);
        });
    }

    private static ByteBuffer map(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    private void store(byte[] header) throws IOException {
        var size = Integer.parseInt(new String(header, 0, 31, US_ASCII).strip());
        var file = folder.resolve(UUID.randomUUID().toString());
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, header, size - header.length);
            channel.force(true);
        }
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private void write(FileChannel channel, byte[] header, int length) throws IOException {
        var hash = Hash.sha256();
        hash.update(header);
        channel.write(ByteBuffer.wrap(header));
        for (var from = 0; from < length; from += PIECE) {
            var piece = content.slice(from, Math.min(PIECE, length - from));
            hash.update(piece.duplicate());
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
        hash.digest();
    }
}
