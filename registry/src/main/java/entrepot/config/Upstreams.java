package entrepot.config;

import entrepot.domain.CacheSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which other registries images may be had from.
///
/// @param caFile the authorities that are believed besides those that the JDK knows; null for none
public record Upstreams(CacheSettings cache, @Nullable Path caFile) {

    private static final String ENDPOINTS = "pull-through.endpoints";
    private static final String HOST = "a host, with or without a port";
    private static final String ENDPOINT =
            "must be a host, an equals sign and an address such as https://mirror.example";

    /// A list of what has keys of its own becomes one text, as a variable has it.
    ///
    /// @throws ConfigException if one of those keys is unknown or missing
    static void join(Map<String, String> file) {
        var items = Items.take(ENDPOINTS, file);
        var all = items.all(at -> items.required(at + ".upstream") + "=" + items.required(at + ".url"));
        if (!all.isEmpty()) {
            file.put(ENDPOINTS, String.join(",", all));
        }
    }

    static Upstreams read(Sources sources) {
        var settings = new CacheSettings(
                sources.list("pull-through.allowed", HOST, PublicUrl::isHost),
                sources.value(ENDPOINTS, Map.of(), Upstreams::endpoints),
                sources.value("pull-through.check-every", CacheSettings.USUAL.checkEvery(), Durations::parse));
        return new Upstreams(
                settings, sources.optional("pull-through.ca-file", Path::of).orElse(null));
    }

    private static Map<String, URI> endpoints(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(entry -> List.of(entry.strip().split("=", 2)))
                .collect(Collectors.toMap(
                        entry -> upstream(entry.getFirst()),
                        entry -> address(entry),
                        (_, second) -> second,
                        LinkedHashMap::new));
    }

    private static String upstream(String host) {
        if (!PublicUrl.isHost(host)) {
            throw new IllegalArgumentException(ENDPOINT);
        }
        return host;
    }

    private static URI address(List<String> entry) {
        if (entry.size() != 2) {
            throw new IllegalArgumentException(ENDPOINT);
        }
        var address = PublicUrl.parse(entry.getLast());
        return URI.create(address.endpoint());
    }
}
