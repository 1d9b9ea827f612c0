package entrepot;

import entrepot.auth.NewKeys;
import entrepot.domain.RegistryId;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;

/// The principal that a registry begins with: the root of its account, whose keys are in the credentials file.
final class RootPrincipal {

    private RootPrincipal() {}

    /// Makes a key and writes the file where there is none. A file that is there counts: whoever can write it owns the
    /// folder, and may have brought its keys along.
    static void ensure(MetadataStore metadata, CredentialsFile file, RegistryId registry) throws IOException {
        var written = file.read();
        if (written.isPresent()) {
            var key = written.get();
            store(metadata, AccessKey.ofRoot(key.id(), key.secret(), registry.account(), Instant.now()));
        } else {
            var key = new NewKeys(new SecureRandom()).create(registry.account(), Instant.now());
            store(metadata, key);
            file.write(new CredentialsFile.Credentials(key.id(), key.secret()), registry.region());
        }
    }

    private static void store(MetadataStore metadata, AccessKey key) {
        metadata.transact(tx -> {
            tx.accounts().create(key.account(), key.createdAt());
            if (tx.accessKeys().find(key.id()).isEmpty()) {
                tx.accessKeys().create(key);
            }
            return key;
        });
    }
}
