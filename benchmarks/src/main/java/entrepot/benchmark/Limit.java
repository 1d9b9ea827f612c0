package entrepot.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The least that storing a blob costs: one process (`LimitProcess`) that hashes the same bytes, writes them to a file
/// and has the disk keep it. It is told which blob, and has the bytes in memory, so there is no network to pay.
///
/// @param blobs the folder it writes to
record Limit(ServerProcess server, InetSocketAddress address, Path blobs) implements Contender.Pusher {
    static final String NAME = "limit";

    /// @param content the file that all blobs share
    static Limit start(Path content, Path folder) throws IOException {
        var blobs = Files.createDirectories(folder.resolve("blobs"));
        var address = Ports.free();
        var server = TaskProcess.start(folder.resolve("log"), address, LimitProcess.class, content, blobs);
        return new Limit(server, address, blobs);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void push(List<Blob> blobs) throws IOException {
        TaskProcess.run(address, blobs.stream().map(Blob::headerBytes).toList());
    }

    /// Files are emptied and stay: for each new one, ext4 without a journal looks at all that were deleted lately.
    @Override
    public void rest() throws IOException {
        try (var files = Files.list(blobs)) {
            for (var file : files.toList()) {
                Files.write(file, new byte[0]);
            }
        }
    }
}
