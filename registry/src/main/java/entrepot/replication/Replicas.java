package entrepot.replication;

import entrepot.domain.RegistryId;
import entrepot.operation.Means;
import entrepot.operation.Operations;
import entrepot.store.Replication.Change;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/// Everywhere that something may go to: the registries elsewhere that the configuration names, and all others, which
/// are this server's.
///
/// @param elsewhere by what they are called here
/// @param regions this server's own; empty for all
public record Replicas(
        SourceImages source,
        LocalMeans here,
        Map<RegistryId, Destination> elsewhere,
        Set<String> regions,
        Counts counts) {

    /// What this node did.
    ///
    /// @param brought changes that are there
    /// @param failed tries that came to nothing
    /// @param refused changes that never come there
    public record Counts(LongAdder brought, LongAdder failed, LongAdder refused) {
        public Counts() {
            this(new LongAdder(), new LongAdder(), new LongAdder());
        }
    }

    public Replicas {
        elsewhere = Map.copyOf(elsewhere);
        regions = Set.copyOf(regions);
    }

    /// Of this server alone.
    ///
    /// @param means over metadata whose transactions hold the lease
    public static Replicas with(Means means, Operations door, Map<RegistryId, Destination> elsewhere, Counts counts) {
        var source = new SourceImages(means.metadata(), means.vault(), means.limits());
        return new Replicas(source, LocalMeans.with(means, door), elsewhere, Set.of(), counts);
    }

    /// The same, with these of other servers, on one that has these regions.
    public Replicas reaching(Collection<Peer> peers, Set<String> regions) {
        var all = new HashMap<>(elsewhere);
        peers.forEach(peer -> all.put(peer.registry(), destination(peer)));
        return new Replicas(source, here, all, regions, counts);
    }

    private Destination destination(Peer peer) {
        var calls = new PeerCalls(peer);
        var to = peer.registry().toString();
        return new PeerDestination(calls, new PeerUploads(calls, to, here.sources(), here.metadata(), peer.clock()));
    }

    Bringing.Outcome bring(String destination, Change change) throws InterruptedException {
        var registry = RegistryId.parse(destination);
        var there = elsewhere.getOrDefault(registry, new LocalDestination(here, registry));
        if (!elsewhere.containsKey(registry) && !regions.isEmpty() && !regions.contains(registry.region())) {
            return new Bringing.Outcome.Later("no such peer is configured here", null);
        }
        return new Bringing(source, there, change).run();
    }
}
