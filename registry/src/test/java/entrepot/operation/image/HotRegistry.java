package entrepot.operation.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.KnownPolicies;
import entrepot.auth.NewKeys;
import entrepot.auth.Principal;
import entrepot.auth.token.BlobLinks;
import entrepot.auth.token.RegistryTokens;
import entrepot.auth.token.ServerSecrets;
import entrepot.domain.AccountId;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.GarbageRules;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Origin;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.operation.ImageChanges;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.operation.Operations;
import entrepot.operation.PullTimes;
import entrepot.operation.key.RepositoryKeys;
import entrepot.operation.layer.CompleteLayerUpload;
import entrepot.operation.layer.InitiateLayerUpload;
import entrepot.operation.layer.LayerOperations;
import entrepot.operation.layer.UploadLayerPart;
import entrepot.sealing.Vault;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Reserve;
import entrepot.store.Users.InlinePolicy;
import entrepot.store.memory.MemoryBlobStore;
import entrepot.store.sqlite.SqliteMetadataStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A registry over SQLite on the disk with a repository, layers in it, and a user who may push. Of the product
/// alone, so that it compiles with nothing else.
final class HotRegistry implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOW);
    static final RegistryId ID = new RegistryId(new AccountId("123456789012"), "eu-west-1");
    static final RepositoryName APP = new RepositoryName("team/app");
    private static final int LAYERS = 10;
    private static final String TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String POLICY = """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Deny","Action":"ecr:*","Resource":"*",
                "Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]}}},
              {"Effect":"Allow","Action":["ecr:BatchGet*","ecr:PutImage","ecr:*Layer*","ecr:CreateRepository"],
                "Resource":"arn:aws:ecr:*:123456789012:repository/team/*"}]}""";

    final MetadataStore metadata;
    final AccessKey key = new AccessKey(
            "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", ID.account(), null, true, NOW);
    final KnownKeys keys;
    final Access access;
    final RegistryTokens tokens;
    final Caller caller;
    private final Operations door;
    private final ImageOperations images;
    private final List<String> layers = new ArrayList<>();

    HotRegistry(Path folder) {
        this.metadata = SqliteMetadataStore.open(folder.resolve("metadata.db"));
        this.keys = new KnownKeys(metadata, CLOCK);
        this.access = new Access(new KnownPolicies(metadata, CLOCK), CLOCK);
        this.door = new Operations(access, _ -> {});
        var secrets = new ServerSecrets(metadata, "secret", Duration.ofHours(12), CLOCK, new SecureRandom());
        this.tokens = new RegistryTokens(secrets, keys, Duration.ofHours(12));
        var credentials = new Means.Credentials(
                tokens,
                new BlobLinks(secrets, keys, Duration.ofHours(1)),
                new NewKeys(new SecureRandom()),
                new KeyUsage());
        var vault = new Vault(new MemoryBlobStore(), new RepositoryKeys(metadata, CLOCK), Duration.ofMinutes(5), CLOCK);
        var kept = new Means.Kept(metadata, vault, Reserve.NONE, new PullTimes(CLOCK), ImageChanges.NONE);
        var rules = new Means.Rules(Limits.ECR, false, false, GarbageRules.USUAL);
        var means = new Means(kept, CLOCK, door.decisions(), rules, credentials);
        this.images = ImageOperations.with(means);
        this.caller = pusher();
        for (var i = 0; i <= LAYERS; i++) {
            layers.add(push(LayerOperations.with(means), "layer %d".formatted(i).getBytes(UTF_8)));
        }
    }

    private Caller pusher() {
        var user = new User("AIDA" + "A".repeat(17), ID.account(), "/", new UserName("pusher"), NOW);
        metadata.transact(tx -> {
            tx.accounts().create(ID.account(), NOW);
            tx.accessKeys().create(key);
            tx.users().create(user);
            tx.repositories().create(ID, APP, TagMutability.MUTABLE, false, NOW);
            tx.users().putPolicy(user, new InlinePolicy("push", POLICY));
            return user;
        });
        var origin = new Origin("127.0.0.1", false, "docker/28.0 go/1.24", "1");
        return new Caller(
                Principal.ofUser(user, List.of(), key.id()), ID, new RegistryAddress("http", "localhost:5000"), origin);
    }

    <I, O> O call(Operation<I, O> operation, I input) {
        return door.call(caller, Law.ECR, operation, input);
    }

    private String push(LayerOperations operations, byte[] bytes) {
        var upload = call(operations.initiateLayerUpload(), new InitiateLayerUpload.Input(null, APP))
                .uploadId();
        call(
                operations.uploadLayerPart(),
                new UploadLayerPart.Input(null, APP, upload, 0L, bytes.length - 1L, new Content.Bytes(bytes)));
        var digest = new ManifestBytes(bytes).digest(Digest.Algorithm.SHA256);
        call(
                operations.completeLayerUpload(),
                new CompleteLayerUpload.Input(null, APP, upload, List.of(digest.toString())));
        return "{\"mediaType\": \"%s\", \"size\": %d, \"digest\": \"%s\"}".formatted(TYPE, bytes.length, digest);
    }

    /// Of all layers, unlike any other.
    ManifestBytes manifest(long number) {
        return ManifestBytes.ofText(
                """
                {
                  "schemaVersion": 2,
                  "mediaType": "application/vnd.oci.image.manifest.v1+json",
                  "config": %s,
                  "layers": [%s],
                  "annotations": {"org.opencontainers.image.version": "%d"}
                }""".formatted(layers.getFirst(), String.join(",\n    ", layers.subList(1, LAYERS + 1)), number));
    }

    void put(long number) {
        call(images.putImage(), new PutImage.Input(null, APP, manifest(number), null, new Tag("v" + number), null));
    }

    /// By its tag.
    void get(long number) {
        var ids = List.of(new ImageIdentifier(null, "v" + number));
        call(images.batchGetImage(), new BatchGetImage.Input(null, APP, ids, null));
    }

    @Override
    public void close() {
        metadata.close();
    }
}
