package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Those that this machine has, started.
record Contenders(
        Optional<EntrepotServer> entrepot,
        Optional<Registry> dockerRegistry,
        Optional<Registry> distribution,
        Optional<Nginx> nginx,
        Limit limit)
        implements AutoCloseable {

    /// @param content the file that all blobs share
    static Contenders start(Path folder, Path content) throws IOException {
        var entrepot = Files.isExecutable(EntrepotServer.COMMAND)
                ? Optional.of(EntrepotServer.start(folder.resolve(EntrepotServer.NAME)))
                : Optional.<EntrepotServer>empty();
        var registry = Programs.find(DockerRegistry.NAME);
        var distribution = Programs.built(Distribution.PROGRAM);
        var nginx = Programs.find(Nginx.NAME);
        return new Contenders(
                entrepot,
                registry.isEmpty()
                        ? Optional.empty()
                        : Optional.of(DockerRegistry.start(registry.get(), folder.resolve(DockerRegistry.NAME))),
                distribution.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Distribution.onDisk(distribution.get(), folder.resolve("distribution"))),
                nginx.isEmpty() ? Optional.empty() : Optional.of(Nginx.start(nginx.get(), folder.resolve(Nginx.NAME))),
                Limit.start(content, folder.resolve(Limit.NAME)));
    }

    List<Contender.Puller> pullers() {
        return Stream.of(entrepot.map(EntrepotServer::v2), dockerRegistry, distribution, nginx)
                .<Contender.Puller>flatMap(Optional::stream)
                .toList();
    }

    List<Contender.Pusher> pushers() {
        return Stream.of(entrepot.map(EntrepotServer::v2), dockerRegistry, distribution, Optional.of(limit))
                .<Contender.Pusher>flatMap(Optional::stream)
                .toList();
    }

    List<Contender.Putter> putters() {
        var byV2 = entrepot.map(server -> server.v2().named(EntrepotServer.NAME_V2));
        return Stream.of(entrepot, byV2, dockerRegistry, distribution)
                .<Contender.Putter>flatMap(Optional::stream)
                .toList();
    }

    /// The registries, once each.
    List<Registry> registries() {
        return Stream.of(entrepot.map(EntrepotServer::v2), dockerRegistry, distribution)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        entrepot.ifPresent(Contender::close);
        dockerRegistry.ifPresent(Contender::close);
        distribution.ifPresent(Contender::close);
        nginx.ifPresent(Contender::close);
        limit.close();
    }
}
