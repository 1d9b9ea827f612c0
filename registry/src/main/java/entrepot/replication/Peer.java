package entrepot.replication;

import entrepot.domain.RegistryId;
import entrepot.upstream.EcrApi;
import entrepot.upstream.Login;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.net.URI;
import java.time.InstantSource;

/// A registry of another server, which the operator named.
///
/// @param registry what it is called here, and there
/// @param url where that server is
public record Peer(RegistryId registry, URI url, EcrApi api, Connections connections, InstantSource clock)
        implements AutoCloseable {

    /// One that is asked with an access key.
    ///
    /// @param key with which it is asked
    /// @param trust in who it is
    public static Peer of(RegistryId registry, URI url, Login.AwsKey key, Trust trust) {
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        var connections = new Connections(Targets.allowing(url.getHost() + port), trust, Timing.USUAL);
        var api = new EcrApi(new Login.Ecr(url, registry.region(), key), connections);
        return new Peer(registry, url, api, connections, InstantSource.system());
    }

    @Override
    public void close() {
        connections.close();
    }
}
