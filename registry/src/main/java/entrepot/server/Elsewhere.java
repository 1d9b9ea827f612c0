package entrepot.server;

import entrepot.config.Upstreams;
import entrepot.domain.CacheSettings;
import entrepot.folder.DataFolder;
import entrepot.operation.cache.CacheMeans;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Other registries, as this process may ask them.
record Elsewhere(CacheMeans means) implements AutoCloseable {

    /// What was on its way here when a process ended begins anew.
    static Elsewhere open(Upstreams upstreams, DataFolder folder) throws IOException {
        var settings = upstreams.cache();
        var trust = Trust.with(upstreams.caFile());
        var connections = new Connections(new Targets(allowed(settings)), trust, Timing.USUAL);
        return new Elsewhere(
                new CacheMeans(settings, connections, emptied(folder.path().resolve("fetch"))));
    }

    /// What the operator names may be anywhere.
    private static Set<String> allowed(CacheSettings settings) {
        var allowed = new HashSet<>(settings.allowed());
        settings.endpoints().values().stream().map(URI::getAuthority).forEach(allowed::add);
        return allowed;
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
        }
        return folder;
    }

    @Override
    public void close() {
        means.connections().close();
    }
}
