package entrepot.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The least that serving sealed blobs costs: one process (`DecryptingProcess`) that reads the same files and decrypts
/// them. It is told which, and under which key, so there is no network to pay.
record DecryptingLimit(ServerProcess server, InetSocketAddress address) implements AutoCloseable {
    static final String NAME = "decrypting";

    static DecryptingLimit start(Path folder) throws IOException {
        var address = Ports.free();
        var log = Files.createDirectories(folder).resolve("log");
        return new DecryptingLimit(TaskProcess.start(log, address, DecryptingProcess.class), address);
    }

    void open(List<SealedFile> files) throws IOException {
        TaskProcess.run(address, files.stream().map(DecryptingLimit::message).toList());
    }

    private static byte[] message(SealedFile file) {
        var bytes = new ByteArrayOutputStream();
        try (var message = new DataOutputStream(bytes)) {
            message.writeUTF(file.path().toString());
            message.write(file.dataKey());
        } catch (IOException e) {
            throw new AssertionError("bytes in memory", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        server.close();
    }
}
