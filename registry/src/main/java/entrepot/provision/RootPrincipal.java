package entrepot.provision;

import entrepot.auth.NewKeys;
import entrepot.domain.RegistryId;
import entrepot.folder.CredentialsFile;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The principal that a registry begins with: the root of its account, whose keys are in the credentials file.
public final class RootPrincipal {

    private static final Logger LOG = LoggerFactory.getLogger(RootPrincipal.class);

    private RootPrincipal() {}

    /// Sees that the account has a root with a key. Once it has one, no start makes another: neither a file that was
    /// deleted nor one that was put back adds a key to those that live.
    public static void ensure(MetadataStore metadata, CredentialsFile file, RegistryId registry, Ledger ledger)
            throws IOException {
        var keys = metadata.read(tx -> tx.accessKeys().of(registry.account(), null));
        if (keys.isEmpty()) {
            create(metadata, file, registry, ledger);
        } else if (file.read()
                .filter(written ->
                        metadata.read(tx -> tx.accessKeys().find(written.id())).isEmpty())
                .isPresent()) {
            LOG.warn("{} holds a key that is none here; 'entrepot account rotate-root-key' makes one", file.path());
        }
    }

    /// A file that is there counts: whoever can write it owns the folder, and may have brought its keys along. The file
    /// comes first, so that a start that breaks off is made up for by the next one.
    private static void create(MetadataStore metadata, CredentialsFile file, RegistryId registry, Ledger ledger)
            throws IOException {
        var written = file.read();
        if (written.isPresent() && isFree(metadata, written.get().id())) {
            var brought = written.get();
            if (brought.secret().length() < NewKeys.SHORTEST_SECRET) {
                throw new IOException("%s: the secret of %s has fewer than %d characters"
                        .formatted(file.path(), brought.id(), NewKeys.SHORTEST_SECRET));
            }
            var key = AccessKey.ofRoot(brought.id(), brought.secret(), registry.account(), Instant.now());
            store(metadata, key, ledger);
            return;
        }
        var key = new NewKeys(new SecureRandom()).create(registry.account(), Instant.now());
        var profile = written.isPresent() ? registry.account().value() : CredentialsFile.DEFAULT;
        file.put(profile, new CredentialsFile.Credentials(key.id(), key.secret()), registry.region());
        store(metadata, key, ledger);
    }

    private static boolean isFree(MetadataStore metadata, String keyId) {
        return metadata.read(tx -> tx.accessKeys().find(keyId)).isEmpty();
    }

    private static void store(MetadataStore metadata, AccessKey key, Ledger ledger) {
        ledger.transact(metadata, (tx, acts) -> {
            if (!tx.accounts().exists(key.account())) {
                tx.accounts().create(key.account(), key.createdAt());
                acts.createAccount(key.account());
            }
            tx.accessKeys().create(key);
            acts.createKey(key);
            return key;
        });
    }
}
