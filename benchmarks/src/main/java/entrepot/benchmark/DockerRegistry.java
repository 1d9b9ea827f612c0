package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Debian's docker-registry with Debian's settings, but for the folder, the port, the password and its log, which is
/// left out. It never asks the disk to keep anything: what it acknowledged may be lost with the power.
final class DockerRegistry {
    static final String NAME = "docker-registry";

    private DockerRegistry() {}

    static Registry start(Path executable, Path folder) throws IOException {
        return start(NAME, executable, folder);
    }

    /// One that understands the same settings.
    static Registry start(String name, Path executable, Path folder) throws IOException {
        var address = Ports.free();
        Files.createDirectories(folder);
        var settings = Files.writeString(
                folder.resolve("config.yml"), """
                version: 0.1
                log:
                  level: error
                  accesslog:
                    disabled: true
                storage:
                  cache:
                    blobdescriptor: inmemory
                  filesystem:
                    rootdirectory: %s
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:%d
                  secret: benchmark
                """.formatted(folder.resolve("data"), address.getPort()));
        var command = List.of(executable.toString(), "serve", settings.toString());
        var server = ServerProcess.start(folder.resolve("log"), command);
        server.await(() -> Ports.answers(address));
        return new Registry(name, server, address, "", Registry.REPOSITORY);
    }
}
