package entrepot.provision;

import entrepot.auth.NewKeys;
import entrepot.domain.RegistryId;
import entrepot.folder.CredentialsFile;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The principal that a registry begins with: the root of its account, whose keys are in the credentials file.
public final class RootPrincipal {

    private static final Logger LOG = LoggerFactory.getLogger(RootPrincipal.class);

    /// So long after the last word of a node that runs by a given key another one may be given.
    private static final Duration IN_USE = Duration.ofSeconds(60);

    /// The name of the lease that the key in use has.
    private static final String KEY = "root-key";

    /// The name of the lease that whoever made the root's keys keeps.
    private static final String MAKER = "root-maker";

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private RootPrincipal() {}

    /// Says that a node runs by this key of the root. Fails if another one is in use.
    public static void use(MetadataStore metadata, String key) {
        if (!metadata.<Boolean>transactGuarded(tx -> isUsed(tx, key))) {
            throw new IllegalStateException("other nodes run by another root-key.id, and not by " + key);
        }
    }

    private static boolean isUsed(Transaction tx, String key) {
        return tx.leases().take(KEY, key, IN_USE).isPresent();
    }

    /// Sees that the account has a root with a key. Once it has one, no start makes another: neither a file that was
    /// deleted nor one that was put back adds a key to those that live.
    public static void ensure(MetadataStore metadata, CredentialsFile file, RegistryId registry, Ledger ledger)
            throws IOException {
        var keys = metadata.read(tx -> tx.accessKeys().of(registry.account(), null));
        if (keys.isEmpty()) {
            create(metadata, file, registry, ledger);
            return;
        }
        metadata.transact(tx -> tx.leases().holder(MAKER))
                .filter(maker -> !maker.equals(place(file)))
                .ifPresent(maker -> LOG.info("{} made the root's key, and has it", maker));
        if (file.read()
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
        var refusal = ledger.transact(metadata, (tx, acts) -> refusal(tx, acts, given));
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
    }

    /// Empty if it is the only one now.
    private static Optional<String> refusal(Transaction tx, Acts acts, AccessKey given) {
        var known = tx.accessKeys().find(given.id());
        if (known.isPresent() && !isSame(known.get(), given)) {
            return Optional.of("root-key.id: the key %s is another one here".formatted(given.id()));
        }
        if (!isUsed(tx, given.id())) {
            return Optional.of(
                    "root-key.id: other nodes run by another key; %s can be used a minute after the last of them"
                            .formatted(given.id()));
        }
        makeRoot(tx, acts, given, known.isEmpty());
        return Optional.empty();
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
            store(metadata, key, place(file), ledger);
            return;
        }
        var key = new NewKeys(new SecureRandom()).create(registry.account(), Instant.now());
        var profile = written.isPresent() ? registry.account().value() : CredentialsFile.DEFAULT;
        file.put(profile, new CredentialsFile.Credentials(key.id(), key.secret()), registry.region());
        if (!store(metadata, key, place(file), ledger)) {
            var maker = metadata.transact(tx -> tx.leases().holder(MAKER)).orElse("another node");
            LOG.info("{} has made the root's key meanwhile, and has it; the one in {} is none", maker, file.path());
            file.remove(profile);
        }
    }

    /// What other nodes call the place of the file.
    private static String place(CredentialsFile file) {
        return "%s on %s".formatted(file.path().toAbsolutePath(), hostName());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name";
        }
    }

    private static boolean isFree(MetadataStore metadata, String keyId) {
        return metadata.read(tx -> tx.accessKeys().find(keyId)).isEmpty();
    }

    /// Says whether the root had none before.
    private static boolean store(MetadataStore metadata, AccessKey key, String place, Ledger ledger) {
        return ledger.transact(metadata, (tx, acts) -> {
            var isFirst = tx.accessKeys().of(key.account(), null).isEmpty();
            if (isFirst) {
                makeAccount(tx, acts, key);
                tx.accessKeys().create(key);
                acts.createKey(key);
                tx.leases().take(MAKER, place, FOR_EVER);
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
