package entrepot;

import entrepot.auth.RootKeys;
import entrepot.domain.RegistryId;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.security.SecureRandom;

/// The principal that a registry begins with: the root of its account, whose keys are in the credentials file.
final class RootPrincipal {

    private RootPrincipal() {}

    /// Makes a key and writes the file where there is none. A file that is there counts: whoever can write it owns the
    /// folder, and may have brought its keys along.
    static void ensure(MetadataStore metadata, CredentialsFile file, RegistryId registry) throws IOException {
        var written = file.read();
        if (written.isPresent()) {
            var key = written.get();
            store(
                    metadata,
                    new AccessKey(key.id(), key.secret(), registry.account(), RootKeys.arn(registry.account())));
        } else {
            var key = new RootKeys(new SecureRandom()).create(registry.account());
            store(metadata, key);
            file.write(new CredentialsFile.Credentials(key.id(), key.secret()), registry.region());
        }
    }

    private static void store(MetadataStore metadata, AccessKey key) {
        metadata.transact(tx -> {
            if (tx.accessKeys().find(key.id()).isEmpty()) {
                tx.accessKeys().create(key);
            }
            return key;
        });
    }
}
