package entrepot.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Everything that is wrong with a configuration, where [Config#load] stops at the first of it.
public final class ConfigCheck {

    private final List<String> problems = new ArrayList<>();
    private Places places = Places.NONE;

    private ConfigCheck() {}

    /// A line for each, which names the file, the line, the key, and what is allowed.
    ///
    /// @param environment as [Config#load] takes it
    public static List<String> problems(Map<String, String> environment, Path file) {
        var check = new ConfigCheck();
        check.value(List.of(), () -> check.look(environment, ConfigFile.read(file)));
        if (check.problems.isEmpty()) { // what can be told only of a configuration that is otherwise right
            check.places = Places.NONE;
            check.value(List.of(), () -> List.of(Config.load(Map.of(), environment, file)));
        }
        return List.copyOf(check.problems);
    }

    private List<?> look(Map<String, String> environment, ConfigFile file) {
        places = file.places();
        var values = new HashMap<>(file.values());
        List<Declarations.Account> accounts = value(List.of(), () -> Declarations.take(values, environment));
        List<EventTarget> targets = value(List.of(), () -> EventTargets.take(values));
        value(List.of(), () -> joined(values));
        var peers = value(ReplicationPeers.NONE, () -> ReplicationPeers.take(values));
        var signing = value(SigningProfiles.NONE, () -> SigningProfiles.take(values));
        var sources = new Sources(Map.of(), environment, values, this::add);
        sources.know(Config.keys());
        var groups = List.<Supplier<Record>>of(
                () -> Storage.read(sources),
                () -> Listening.read(sources),
                () -> Reach.read(sources),
                () -> Registries.read(sources, peers, signing),
                () -> Identities.read(sources, accounts),
                () -> Rules.read(sources),
                () -> Upstreams.read(sources),
                () -> Reports.read(sources, targets));
        groups.forEach(group -> value(List.of(), () -> List.of(group.get())));
        sources.unknown().forEach(key -> add(sources.unknown(List.of(key))));
        return groups;
    }

    private static List<?> joined(Map<String, String> values) {
        Upstreams.join(values);
        return List.of();
    }

    private <T> T value(T otherwise, Supplier<T> read) {
        try {
            return read.get();
        } catch (ConfigException e) {
            add(e);
            return otherwise;
        }
    }

    private void add(ConfigException problem) {
        problems.add(places.of(problem).getMessage());
    }
}
