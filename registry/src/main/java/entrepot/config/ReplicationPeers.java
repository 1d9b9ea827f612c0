package entrepot.config;

import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the configuration file lists under `replication.peers`: registries of other servers.
public record ReplicationPeers(List<Peer> all) {

    static final ReplicationPeers NONE = new ReplicationPeers(List.of());

    /// One of them.
    ///
    /// @param registry what it is called here, and there
    /// @param url where that server is
    /// @param key the id of the access key that it is asked with
    /// @param secret a file with that key's secret
    /// @param ca a file with certificates that are trusted besides; null for none
    public record Peer(
            RegistryId registry,
            URI url,
            String key,
            Path secret,
            @Nullable Path ca) {}

    public ReplicationPeers {
        all = List.copyOf(all);
    }

    /// Takes out of the file's keys those that are about peers.
    ///
    /// @throws ConfigException if one is unknown or its value is bad, or if two peers are one registry
    static ReplicationPeers take(Map<String, String> file) {
        var items = Items.take("replication.peers", file);
        var all = items.all(at -> peer(items, at));
        var seen = new HashSet<RegistryId>();
        for (int i = 0; i < all.size(); i++) {
            if (!seen.add(all.get(i).registry())) {
                throw new ConfigException("replication.peers.%d: is the same registry as one before".formatted(i));
            }
        }
        return new ReplicationPeers(all);
    }

    private static Peer peer(Items items, String at) {
        var account = items.required(at + ".account", ReplicationPeers::account);
        var region = items.required(at + ".region", ReplicationPeers::region);
        return new Peer(
                new RegistryId(account, region),
                items.required(at + ".url", text -> Keys.endpoint(text, "https://eu.example.com")),
                items.required(at + ".key-id"),
                Path.of(items.required(at + ".secret-file")),
                items.optional(at + ".ca-file").map(Path::of).orElse(null));
    }

    private static AccountId account(String text) {
        if (!AccountId.isId(text)) {
            throw new IllegalArgumentException("must be twelve digits");
        }
        return new AccountId(text);
    }

    private static String region(String text) {
        if (!RegistryId.isRegion(text)) {
            throw new IllegalArgumentException("must be a region such as eu-west-1");
        }
        return text;
    }
}
