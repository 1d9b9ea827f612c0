package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.Callers;
import entrepot.auth.ClockByHand;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.KnownPolicies;
import entrepot.auth.NewKeys;
import entrepot.auth.Principal;
import entrepot.auth.Regions;
import entrepot.auth.RegistryHosts;
import entrepot.auth.token.BlobLinks;
import entrepot.auth.token.Passwords;
import entrepot.auth.token.RegistryTokens;
import entrepot.auth.token.ServerSecrets;
import entrepot.domain.AccountId;
import entrepot.domain.Content;
import entrepot.domain.GarbageRules;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.http.HttpHandler;
import entrepot.http.HttpHeaders;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.InRequest;
import entrepot.http.body.MemoryBudget;
import entrepot.http.body.SpoolFolder;
import entrepot.http.body.Spools;
import entrepot.operation.AuditEvent;
import entrepot.operation.ImageChanges;
import entrepot.operation.Means;
import entrepot.operation.Operations;
import entrepot.operation.PullTimes;
import entrepot.operation.World;
import entrepot.operation.cache.TestUpstreams;
import entrepot.operation.key.KeyOwner;
import entrepot.operation.key.RepositoryKeys;
import entrepot.operation.repository.CreateRepository;
import entrepot.sealing.Vault;
import entrepot.server.Families;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.Reserve;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A whole registry behind `/v2`, but for sockets: real operations, real tokens, and the stores that go with the test.
final class OciRegistry implements AutoCloseable {

    static final RegistryId ID = new RegistryId(new AccountId("123456789012"), "eu-west-1");
    static final String HOST = "localhost:5000";

    static final AccessKey KEY = AccessKey.ofRoot("AKIAAAAAAAAAAAAAAAAA", "secret", ID.account(), Instant.EPOCH);
    private static final Principal ROOT = Principal.ofRoot(KEY.account(), KEY.id());

    final MetadataStore metadata = TestStores.metadata();
    final BlobStore blobs = TestStores.blobs();
    final KeyOwner keyOwner = new KeyOwner(metadata);
    final ClockByHand clock = new ClockByHand(Instant.parse("2026-05-01T12:00:00Z"));
    final PullTimes pulls = new PullTimes(clock);
    final BlobLinks links;

    private final RegistryAddress address = new RegistryAddress("http", HOST);
    final List<AuditEvent> audited = new CopyOnWriteArrayList<>();

    private final Access access = new Access(new KnownPolicies(metadata, clock), clock);
    private final Operations door = new Operations(access, audited::add);
    private final HttpHandler endpoint;
    private final HttpHandler signedLayers;
    private final HttpHandler tokenEndpoint;
    private final RegistryTokens tokens;
    private final Families families;

    /// Files that nobody finds, gone when they are closed.
    private final SpoolFolder spool = () -> FileChannel.open(
            Files.createTempFile("spool", ""),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);

    OciRegistry() {
        this(Limits.ECR);
    }

    OciRegistry(Limits limits) {
        this(limits, false);
    }

    OciRegistry(Limits limits, boolean sparse) {
        this(limits, sparse, false, false);
    }

    static OciRegistry withAccessKeys() {
        return new OciRegistry(Limits.ECR, false, true, false);
    }

    static OciRegistry withBearers() {
        return new OciRegistry(Limits.ECR, false, true, true);
    }

    private OciRegistry(Limits limits, boolean sparse, boolean basicAccessKeys, boolean anonymousPull) {
        metadata.transact(tx -> {
            tx.accessKeys().create(KEY);
            return KEY;
        });
        var keys = new KnownKeys(metadata, clock);
        var secret = new ServerSecrets(metadata, "tokens", Duration.ofHours(12), clock, new SecureRandom());
        tokens = new RegistryTokens(secret, keys, Duration.ofHours(12));
        links = new BlobLinks(secret, keys, Duration.ofHours(1));
        var hosts = new RegistryHosts(_ -> address, Set.of());
        var passwords = new Passwords(tokens, keys, Regions.ANY, basicAccessKeys);
        var challenges = new Challenges(hosts, ID, anonymousPull, Law.OCI);
        var login = new RegistryLogin(passwords, tokens, new Callers(hosts), challenges, door, clock);
        tokenEndpoint = new TokenEndpoint(login, clock);
        var rules = new Means.Rules(limits, false, sparse, GarbageRules.USUAL);
        var credentials = new Means.Credentials(tokens, links, new NewKeys(new SecureRandom()), new KeyUsage());
        var vault = new Vault(blobs, new RepositoryKeys(metadata, clock), Duration.ZERO, clock);
        var kept = new Means.Kept(metadata, vault, Reserve.NONE, pulls, ImageChanges.NONE);
        families = Families.with(new Means(kept, clock, door.decisions(), rules, credentials), TestUpstreams.none());
        var spools = new Spools(new MemoryBudget(4L << 30), spool, 1L << 30);
        endpoint = new OciEndpoint(login, door, families.oci(), limits, spools, Law.OCI);
        signedLayers =
                new SignedLayers(links, hosts, door, families.oci().layers().readLayer(), clock);
    }

    void create(String repository) {
        create(repository, TagMutability.Mode.MUTABLE);
    }

    void create(String repository, TagMutability.Mode mutability) {
        var input =
                new CreateRepository.Input(null, new RepositoryName(repository), null, mutability, null, null, null);
        var caller = new Caller(ROOT, ID, address, World.ORIGIN);
        door.call(caller, Law.ECR, World.the(families, CreateRepository.class), input);
    }

    String signedLink(String repository, entrepot.domain.Digest digest) {
        return links.sign(new BlobLinks.BlobLink(ROOT, ID, new RepositoryName(repository), digest), clock.instant());
    }

    String token() {
        return tokens.issue(ROOT, ID, clock.instant()).token();
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    Ask anonymously(String method, String target) {
        return new Ask(this, method, target, HttpHeaders.EMPTY.with("Host", HOST), Content.Bytes.EMPTY);
    }

    /// Logged in.
    Ask ask(String method, String target) {
        return anonymously(method, target).with("Authorization", basic("AWS", token()));
    }

    HttpResponse answer(HttpRequest request) throws IOException {
        return InRequest.handle(handler(request.path()), request);
    }

    private HttpHandler handler(String path) {
        if (path.equals(TokenEndpoint.PATH)) {
            return tokenEndpoint;
        }
        return path.startsWith(BlobLinks.PREFIX) ? signedLayers : endpoint;
    }

    @Override
    public void close() {
        metadata.close();
    }
}
