package entrepot.provision;

import entrepot.auth.NewKeys;
import entrepot.domain.RegistryId;
import entrepot.folder.CredentialsFile;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
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

    /// Sees that this key is the only one of the account's root.
    ///
    /// @throws IOException if the key is somebody else's, or has another secret here
    public static void ensure(MetadataStore metadata, AccessKey given, Ledger ledger) throws IOException {
        if (given.secret().length() < NewKeys.SHORTEST_SECRET) {
            throw new IOException(
                    "root-key.secret-file: the secret has fewer than %d characters".formatted(NewKeys.SHORTEST_SECRET));
        }
        var isOther = ledger.<Boolean>transact(metadata, (tx, acts) -> {
            var known = tx.accessKeys().find(given.id());
            if (known.isPresent() && !isSame(known.get(), given)) {
                return true;
            }
            makeRoot(tx, acts, given, known.isEmpty());
            return false;
        });
        if (isOther) {
            throw new IOException("root-key.id: the key %s is another one here".formatted(given.id()));
        }
    }

    private static boolean isSame(AccessKey known, AccessKey given) {
        return known.user() == null
                && known.account().equals(given.account())
                && known.secret().equals(given.secret());
    }

    private static void makeRoot(Transaction tx, Acts acts, AccessKey given, boolean isNew) {
        makeAccount(tx, acts, given);
        if (isNew) {
            tx.accessKeys().create(given);
            acts.createKey(given);
            LOG.info("{} is the key of the root of {}", given.id(), given.account());
        }
        for (var old : tx.accessKeys().of(given.account(), null)) {
            if (!old.id().equals(given.id())) {
                tx.accessKeys().delete(old.id());
                acts.deleteKey(old);
                LOG.info("{} is none any more: root-key.id is the only key of the root", old.id());
            }
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
        if (!store(metadata, key, ledger)) {
            LOG.info("another node has made the root's key meanwhile; the one in {} is none", file.path());
            file.remove(profile);
        }
    }

    private static boolean isFree(MetadataStore metadata, String keyId) {
        return metadata.read(tx -> tx.accessKeys().find(keyId)).isEmpty();
    }

    /// Says whether the root had none before.
    private static boolean store(MetadataStore metadata, AccessKey key, Ledger ledger) {
        return ledger.transact(metadata, (tx, acts) -> {
            var isFirst = tx.accessKeys().of(key.account(), null).isEmpty();
            if (isFirst) {
                makeAccount(tx, acts, key);
                tx.accessKeys().create(key);
                acts.createKey(key);
            }
            return isFirst;
        });
    }

    private static void makeAccount(Transaction tx, Acts acts, AccessKey key) {
        if (!tx.accounts().exists(key.account())) {
            tx.accounts().create(key.account(), key.createdAt());
            acts.createAccount(key.account());
        }
    }
}
