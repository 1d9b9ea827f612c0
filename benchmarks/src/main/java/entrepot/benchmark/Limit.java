package entrepot.benchmark;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

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
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var server = ServerProcess.start(
                folder.resolve("log"),
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LimitProcess.class.getName(),
                        content.toString(),
                        blobs.toString(),
                        Integer.toString(address.getPort())));
        server.await(() -> Ports.answers(address));
        return new Limit(server, address, blobs);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void push(List<Blob> blobs) throws IOException {
        var queue = new ConcurrentLinkedQueue<>(blobs);
        Callable<Void> client = () -> {
            try (var socket = new Socket(address.getAddress(), address.getPort())) {
                for (var blob = queue.poll(); blob != null; blob = queue.poll()) {
                    socket.getOutputStream().write(blob.headerBytes());
                    new DataInputStream(socket.getInputStream()).readByte();
                }
            }
            return null;
        };
        Clients.runAll(Stream.generate(() -> client).limit(Clients.COUNT).toList());
    }

    @Override
    public void rest() throws IOException {
        try (var files = Files.list(blobs)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
