package entrepot.server;

import entrepot.config.Config;
import entrepot.http.Router;
import entrepot.http.body.MemoryBudget;
import entrepot.http.body.SpoolFolder;
import entrepot.http.body.Spools;
import entrepot.http.vertx.HttpServer;
import entrepot.http.vertx.HttpSettings;
import entrepot.store.Reserve;
import java.nio.file.Path;
import java.util.function.Function;

/// Where requests come in: the address that is listened on, and the room for what is on its way.
final class Front {

    private Front() {}

    /// Returns when it listens.
    ///
    /// @param folder for what does not stay in memory
    /// @param space the reserve of the disk, which large bodies leave as blobs do
    static HttpServer open(Config config, Path folder, Reserve space, Function<Spools, Router> routes) {
        var spools = new Spools(
                MemoryBudget.ofHeap(),
                within(SpoolFolder.in(folder), space),
                config.storage().spoolBytes());
        return HttpServer.start(settings(config).with(spools.memory()), routes.apply(spools));
    }

    private static SpoolFolder within(SpoolFolder files, Reserve space) {
        return () -> {
            space.require();
            return files.newFile();
        };
    }

    private static HttpSettings settings(Config config) {
        var listening = config.listening();
        var plain = HttpSettings.on(listening.host(), listening.port())
                .behind(config.reach().proxies());
        return listening.tls() == null ? plain : plain.with(listening.tls());
    }
}
