package entrepot.config;

import entrepot.domain.Compat;
import entrepot.domain.RegistryAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can be configured, by topic. Each group reads its own keys; README.md has the table of all.
public record Config(
        Storage storage,
        Listening listening,
        Reach reach,
        Registries registries,
        Identities identities,
        Rules rules,
        Upstreams upstreams,
        Reports reports) {

    /// Reads the configuration: a flag before an environment variable before the file before the default.
    ///
    /// @param flags by key
    /// @param environment all of it; only names that begin with `ENTREPOT_` are looked at
    /// @param file YAML, or null for none
    /// @throws ConfigException if a key is unknown or a value is bad
    public static Config load(Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
        var read = file == null ? ConfigFile.none() : ConfigFile.read(file);
        try {
            return load(flags, environment, new HashMap<>(read.values()));
        } catch (ConfigException e) {
            throw read.places().of(e);
        }
    }

    private static Config load(Map<String, String> flags, Map<String, String> environment, Map<String, String> values) {
        var accounts = Declarations.take(values, environment);
        var targets = EventTargets.take(values);
        Upstreams.join(values);
        var peers = ReplicationPeers.take(values);
        var signing = SigningProfiles.take(values);
        var sources = new Sources(flags, environment, values);
        var config = read(sources, accounts, targets, peers, signing);
        sources.refuseUnknown();
        config.storage.archive().refuseContradictions(config.storage.blobs());
        config.registries.refuseContradictions();
        config.listening.refuseContradictions();
        return config;
    }

    /// All keys that there are but those of lists, with their usual values.
    static Sources keys() {
        var sources = new Sources(Map.of(), Map.of(), Map.of());
        read(sources, List.of(), List.of(), ReplicationPeers.NONE, SigningProfiles.NONE);
        return sources;
    }

    /// Each group asks for all of its keys, whatever their values are: those asked for are those that are known.
    static Config read(
            Sources sources,
            List<Declarations.Account> accounts,
            List<EventTarget> targets,
            ReplicationPeers peers,
            SigningProfiles signing) {
        return new Config(
                Storage.read(sources),
                Listening.read(sources),
                Reach.read(sources),
                Registries.read(sources, peers, signing),
                Identities.read(sources, accounts),
                Rules.read(sources),
                Upstreams.read(sources),
                Reports.read(sources, targets));
    }

    /// The same, listened to elsewhere.
    public Config listeningBy(Listening other) {
        return new Config(storage, other, reach, registries, identities, rules, upstreams, reports);
    }

    /// The same, with whom it follows where ECR and the specification differ.
    public Config following(Compat compat) {
        var other = rules.following(compat);
        return new Config(storage, listening, reach, registries, identities, other, upstreams, reports);
    }

    /// The same, with more accounts and users that are to be.
    public Config declaring(List<Declarations.Account> more) {
        var all = identities.declaring(more);
        return new Config(storage, listening, reach, registries, all, rules, upstreams, reports);
    }

    /// Where clients of this machine reach the server, unless more is configured.
    public RegistryAddress address(int port) {
        return reach.address(listening.scheme(), port);
    }
}
