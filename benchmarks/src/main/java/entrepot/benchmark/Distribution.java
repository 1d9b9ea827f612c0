package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// distribution 3, on this disk as Debian's docker-registry is, or with its S3 driver, which streams blobs as
/// Entrepot does by default. Its settings are its own, but for the log, which is left out.
final class Distribution {
    static final String NAME = "distribution 3";
    static final String S3 = EntrepotCluster.helper(NAME, EntrepotCluster.S3);
    static final String BUCKET = "distribution";
    static final String PROGRAM = "registry3";

    private Distribution() {}

    /// On this disk. It never asks it to keep anything.
    static Registry onDisk(Path executable, Path folder) throws IOException {
        return DockerRegistry.start(NAME, executable, folder);
    }

    static Registry start(S3Server s3, Path folder) throws IOException {
        var address = Ports.free();
        Files.createDirectories(folder);
        s3.bucket(BUCKET);
        var settings = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log:
                  level: error
                  accesslog:
                    disabled: true
                storage:
                  cache:
                    blobdescriptor: inmemory
                  s3:
                    accesskey: %s
                    secretkey: %s
                    region: %s
                    regionendpoint: %s
                    forcepathstyle: true
                    secure: false
                    bucket: %s
                  redirect:
                    disable: true
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:%d
                  secret: benchmark
                """.formatted(
                        S3Server.KEY, S3Server.SECRET, S3Server.REGION, s3.url(), BUCKET, address.getPort()));
        var command = List.of(Programs.built(PROGRAM).orElseThrow().toString(), "serve", settings.toString());
        var server = ServerProcess.start(folder.resolve("log"), command);
        server.await(() -> Ports.answers(address));
        return new Registry(NAME, server, address, "", Registry.REPOSITORY);
    }

    static Map<String, List<ServerProcess>> helpers(S3Server s3) {
        return Map.of(S3, List.of(s3.server()));
    }
}
