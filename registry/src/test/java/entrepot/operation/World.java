package entrepot.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.ClockByHand;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.KnownPolicies;
import entrepot.auth.NewKeys;
import entrepot.auth.Principal;
import entrepot.auth.token.BlobLinks;
import entrepot.auth.token.RegistryTokens;
import entrepot.auth.token.ServerSecrets;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.BlobKey;
import entrepot.domain.CacheOutcome;
import entrepot.domain.GarbageRules;
import entrepot.domain.ImageChange;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.Origin;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationFailure;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.operation.cache.TestUpstreams;
import entrepot.operation.key.KeyOwner;
import entrepot.operation.key.RepositoryKeys;
import entrepot.operation.repository.CreateRepository;
import entrepot.operation.repository.DeleteRepository;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import entrepot.sealing.Vault;
import entrepot.server.Families;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.Reserve;
import entrepot.store.TestStores;
import entrepot.store.Transaction;
import entrepot.store.Users.InlinePolicy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// A registry without surfaces: real operations behind the one door, over stores that go with the test, and a clock
/// that stands still. [Layers] and [Images] push into it.
public final class World implements AutoCloseable {

    public static final RegistryId ID = new RegistryId(new AccountId("123456789012"), "eu-west-1");
    public static final RepositoryName APP = new RepositoryName("app");
    public static final RepositoryName OTHER = new RepositoryName("other");
    public static final Duration KEYS_REMEMBERED = Duration.ofMinutes(5);
    public static final AccountId STRANGER = new AccountId("999999999999");

    private static final Principal ROOT = Principal.ofRoot(ID.account(), "AKIAAAAAAAAAAAAAAAAA");

    public static final Origin ORIGIN = new Origin("127.0.0.1", false, "", "1");

    public final Caller root = new Caller(ROOT, ID, new RegistryAddress("http", "localhost:5000"), ORIGIN);
    public final ClockByHand clock = new ClockByHand(Instant.parse("2026-05-01T12:00:00Z"));
    public final MetadataStore metadata;
    public final BlobStore blobs;
    public final KeyOwner keys;
    public final Vault vault;
    public final Limits limits;
    public final RepositoryLookup repositories;

    public final Decisions decisions;
    public final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    public final Queue<ImageChange> changes = new ConcurrentLinkedQueue<>();

    /// Who is told of changes as well.
    public volatile ImageChanges told = ImageChanges.NONE;

    public final Means means;

    public final Families families;

    public final Operations door;

    private World(MetadataStore metadata, BlobStore blobs, Limits limits) {
        this.metadata = metadata;
        this.blobs = blobs;
        this.keys = new KeyOwner(metadata);
        this.vault = new Vault(blobs, new RepositoryKeys(metadata, clock), KEYS_REMEMBERED, clock);
        this.limits = limits;
        this.repositories = new RepositoryLookup(metadata);
        this.door = new Operations(new Access(new KnownPolicies(metadata, clock), clock), audit::add);
        this.decisions = door.decisions();
        var kept = new Means.Kept(metadata, vault, Reserve.NONE, new PullTimes(clock), new Told());
        this.means = new Means(
                kept, clock, decisions, new Means.Rules(limits, false, false, GarbageRules.USUAL), credentials());
        this.families = Families.with(means, TestUpstreams.none());
    }

    private final class Told implements ImageChanges {
        @Override
        public void tell(Transaction tx, ImageChange change) {
            changes.add(change);
            told.tell(tx, change);
        }

        @Override
        public boolean tellDeletion(Transaction tx, Repository repository, String principal, Instant at) {
            return told.tellDeletion(tx, repository, principal, at);
        }

        @Override
        public void tellCached(Transaction tx, CacheOutcome outcome) {
            told.tellCached(tx, outcome);
        }

        @Override
        public void tellUnreplicated(Transaction tx, ReplicationFailure failure) {
            told.tellUnreplicated(tx, failure);
        }
    }

    private Means.Credentials credentials() {
        var keys = new KnownKeys(metadata, clock);
        var secrets = new ServerSecrets(metadata, "secret", Duration.ofHours(12), clock, new SecureRandom());
        return new Means.Credentials(
                new RegistryTokens(secrets, keys, Duration.ofHours(12)),
                new BlobLinks(secrets, keys, Duration.ofHours(1)),
                new NewKeys(new SecureRandom()),
                new KeyUsage());
    }

    /// The one operation of a class.
    public <T extends Operation<?, ?>> T the(Class<T> operation) {
        return the(families, operation);
    }

    public static <T extends Operation<?, ?>> T the(Families families, Class<T> operation) {
        return families.all().stream()
                .flatMap(family -> family.all().stream())
                .filter(operation::isInstance)
                .map(operation::cast)
                .findFirst()
                .orElseThrow();
    }

    /// Over the stores of a server that has `data`.
    public static World in(Path data) {
        return new World(TestStores.metadataIn(data), TestStores.blobsIn(data), Limits.ECR);
    }

    /// Over metadata that are opened elsewhere, which go with it.
    public static World on(MetadataStore metadata) {
        return on(metadata, TestStores.blobs());
    }

    /// The same, with these blobs; one node of several where it is not the first.
    public static World on(MetadataStore metadata, BlobStore blobs) {
        var world = new World(metadata, blobs, Limits.ECR);
        if (metadata.read(tx -> tx.repositories().find(ID, APP)).isEmpty()) {
            world.create(APP);
        }
        return world;
    }

    /// With the repository [#APP].
    public static World withApp() {
        return withApp(TestStores.blobs());
    }

    public static World withApp(BlobStore blobs) {
        return withApp(blobs, Limits.ECR);
    }

    public static World withApp(Limits limits) {
        return withApp(TestStores.blobs(), limits);
    }

    private static World withApp(BlobStore blobs, Limits limits) {
        var world = new World(TestStores.metadata(), blobs, limits);
        world.create(APP);
        return world;
    }

    /// By ECR's law.
    public <I, O> O call(Operation<I, O> operation, I input) {
        return call(Law.ECR, operation, input);
    }

    public <I, O> O call(Law law, Operation<I, O> operation, I input) {
        return door.call(root, law, operation, input);
    }

    /// By another caller than [#root].
    public <I, O> O call(Caller caller, Operation<I, O> operation, I input) {
        return door.call(caller, Law.ECR, operation, input);
    }

    /// A user, new in an account that may be new as well, with these policies.
    public Caller user(AccountId account, String name, String... policies) {
        var user = new User(id(account, name), account, "/", new UserName(name), clock.instant());
        metadata.transact(tx -> {
            tx.accounts().create(account, clock.instant());
            tx.users().create(user);
            for (var i = 0; i < policies.length; i++) {
                tx.users().putPolicy(user, new InlinePolicy("p" + i, policies[i]));
            }
            return user;
        });
        var registry = new RegistryId(account, ID.region());
        return new Caller(Principal.ofUser(user, List.of(), "AKIA"), registry, root.address(), ORIGIN);
    }

    private static String id(AccountId account, String name) {
        return ("AIDA" + account + name.toUpperCase(Locale.ROOT) + "A".repeat(17)).substring(0, 21);
    }

    public void create(RepositoryName name) {
        create(name, TagMutability.Mode.MUTABLE);
    }

    public void create(RepositoryName name, TagMutability.Mode mutability) {
        call(the(CreateRepository.class), new CreateRepository.Input(null, name, null, mutability, null, null, null));
    }

    /// One that is encrypted by a key of [#keys].
    public Arn createEncrypted(RepositoryName name) {
        var key = keys.create(ID);
        createEncrypted(name, key);
        return key;
    }

    public void createEncrypted(RepositoryName name, Arn key) {
        var encryption = new EncryptionConfiguration("KMS", key.value());
        call(the(CreateRepository.class), new CreateRepository.Input(null, name, null, null, null, null, encryption));
    }

    /// With all its images.
    public void delete(RepositoryName name) {
        call(the(DeleteRepository.class), new DeleteRepository.Input(null, name, true));
    }

    public Repository repository(RepositoryName name) {
        return repositories.require(ID, name);
    }

    /// So much time passes, by the clock and by collection's own.
    public void pass(Duration time) {
        clock.move(time);
        metadata.transact(tx -> tx.garbage().advance("world", Duration.ZERO));
        metadata.transact(tx -> tx.garbage().advance("world", time));
    }

    /// The keys whose bytes are to be deleted.
    public List<BlobKey> discarded() {
        return metadata.read(tx -> tx.layers().discarded(clock.instant(), 1_000));
    }

    /// Whether a call is not refused.
    public static boolean isTaken(Runnable call) {
        try {
            call.run();
            return true;
        } catch (RegistryException refused) {
            return false;
        }
    }

    /// What a call is refused with.
    public static RegistryError error(ThrowingCallable call) {
        var refusal = catchThrowableOfType(RegistryException.class, call);
        assertThat(refusal).as("the call's refusal").isNotNull();
        return refusal.error();
    }

    /// The same as a client sees it: ECR's name, colon, text.
    public static String refusal(ThrowingCallable call) {
        var error = error(call);
        return error.type() + ": " + error.message();
    }

    /// What everybody is told who asks for a registry of another account.
    public static String denied(String action, RepositoryName name) {
        return ("AccessDeniedException: User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:%1$s"
                        + " on resource: arn:aws:ecr:eu-west-1:999999999999:repository/%2$s"
                        + " because no resource-based policy allows the ecr:%1$s action")
                .formatted(action, name);
    }

    /// What everybody is told who asks for a repository that is not there.
    public static String absent(RepositoryName name) {
        return "RepositoryNotFoundException: The repository with name '%s' does not exist in the registry with id '%s'"
                .formatted(name, ID.account());
    }

    @Override
    public void close() {
        metadata.close();
    }
}
