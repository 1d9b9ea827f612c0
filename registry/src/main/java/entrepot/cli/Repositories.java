package entrepot.cli;

import entrepot.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the registry is whose repository is named, and which of its registries.
final class Repositories {

    @Option(names = "--account", paramLabel = "ID", description = "The registry's (default: the configured one).")
    private @Nullable String account;

    @Option(names = "--region", paramLabel = "REGION", description = "The registry's (default: the configured one).")
    private @Nullable String region;

    @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "FILE", defaultValue = "${env:ENTREPOT_CONFIG}")
    private @Nullable Path file;

    Config config() {
        return Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file);
    }

    /// Account and region.
    List<String> registry(Config config) {
        var home = config.registries().home();
        return List.of(account == null ? home.account().value() : account, region == null ? home.region() : region);
    }
}
