package entrepot.cli;

import entrepot.config.Config;
import entrepot.config.Seed;
import entrepot.folder.DataFolder;
import entrepot.seed.Sower;
import entrepot.upstream.EcrApi;
import java.io.IOException;
import java.util.List;

/// Sees that a registry has what its seed says before anybody can reach it.
final class Seeding {

    private Seeding() {}

    /// @param folder the registry's, which this process owns
    static void apply(Seed seed, Config config, DataFolder folder) throws IOException, InterruptedException {
        if (seed.isOfUsersAlone()) {
            return; // the server makes those as it starts
        }
        var home = config.registries().home();
        try (var own = OwnRegistry.in(config, List.of(home.account().value(), home.region()), folder)) {
            new Sower(new EcrApi(own.login(), own.connections()), own.target()).sow(seed);
        }
    }
}
