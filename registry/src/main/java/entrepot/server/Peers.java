package entrepot.server;

import entrepot.config.ReplicationPeers;
import entrepot.replication.Peer;
import entrepot.upstream.Login.AwsKey;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// The registries of other servers, by the configuration.
final class Peers {

    private Peers() {}

    /// @throws IOException if a secret, or a certificate, cannot be read
    static List<Peer> open(ReplicationPeers configured) throws IOException {
        var peers = new ArrayList<Peer>();
        for (int i = 0; i < configured.all().size(); i++) {
            var peer = configured.all().get(i);
            var key = new AwsKey(peer.key(), secret(i, peer), null);
            peers.add(Peer.of(peer.registry(), peer.url(), key, Trust.with(peer.ca())));
        }
        return peers;
    }

    private static String secret(int place, ReplicationPeers.Peer peer) throws IOException {
        try {
            return Files.readString(peer.secret()).strip();
        } catch (IOException e) {
            throw new IOException(
                    "replication.peers.%d.secret-file: %s cannot be read".formatted(place, peer.secret()), e);
        }
    }
}
