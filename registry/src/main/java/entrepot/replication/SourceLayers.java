package entrepot.replication;

import entrepot.auth.Caller;
import entrepot.auth.Principal;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.Origin;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RepositoryArn;
import entrepot.operation.Operations;
import entrepot.operation.layer.ReadLayer;
import java.util.UUID;

/// The bytes of layers as they are here, for whoever brings them elsewhere.
record SourceLayers(Operations door, ReadLayer read) {

    /// No key proved it.
    private static final String KEY = "replication";

    private static final RegistryAddress ADDRESS = new RegistryAddress("https", "localhost");

    ReadLayer.Output open(RepositoryArn repository, Digest layer) {
        var input = new ReadLayer.Input(null, repository.repository(), layer);
        return door.call(caller(repository), Law.OCI, read, input);
    }

    /// Its root, in whose name everything is brought.
    static Caller caller(RepositoryArn repository) {
        var origin = new Origin("127.0.0.1", true, KEY, UUID.randomUUID().toString());
        var principal = Principal.ofRoot(repository.registry().account(), KEY);
        return new Caller(principal, repository.registry(), ADDRESS, origin);
    }
}
