package entrepot;

import entrepot.auth.Access;
import entrepot.auth.Callers;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.KnownPolicies;
import entrepot.auth.NewKeys;
import entrepot.auth.Regions;
import entrepot.auth.RegistryHosts;
import entrepot.auth.sigv4.SigV4;
import entrepot.auth.token.BlobLinks;
import entrepot.auth.token.Passwords;
import entrepot.auth.token.RegistryTokens;
import entrepot.auth.token.ServerSecrets;
import entrepot.domain.Limits;
import entrepot.ecr.EcrEndpoint;
import entrepot.http.HttpResponse;
import entrepot.http.Router;
import entrepot.http.Spools;
import entrepot.iam.QueryEndpoint;
import entrepot.oci.Challenges;
import entrepot.oci.OciEndpoint;
import entrepot.oci.OciOperations;
import entrepot.oci.RegistryLogin;
import entrepot.oci.SignedLayers;
import entrepot.oci.TokenEndpoint;
import entrepot.operation.AuditTrail;
import entrepot.operation.Catalogue;
import entrepot.operation.Operations;
import entrepot.operation.account.DeleteRegistryPolicy;
import entrepot.operation.account.DescribeRegistry;
import entrepot.operation.account.GetAccountSetting;
import entrepot.operation.account.GetAuthorizationToken;
import entrepot.operation.account.GetRegistryPolicy;
import entrepot.operation.account.PutAccountSetting;
import entrepot.operation.account.PutRegistryPolicy;
import entrepot.operation.image.BatchDeleteImage;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.DescribeImages;
import entrepot.operation.image.ListImageReferrers;
import entrepot.operation.image.ListImages;
import entrepot.operation.image.PushRules;
import entrepot.operation.image.PutImage;
import entrepot.operation.layer.BatchCheckLayerAvailability;
import entrepot.operation.layer.CancelLayerUpload;
import entrepot.operation.layer.CompleteLayerUpload;
import entrepot.operation.layer.DeleteLayer;
import entrepot.operation.layer.DescribeLayerUpload;
import entrepot.operation.layer.GetDownloadUrlForLayer;
import entrepot.operation.layer.InitiateLayerUpload;
import entrepot.operation.layer.LayerUploads;
import entrepot.operation.layer.MountLayer;
import entrepot.operation.layer.OpenUploads;
import entrepot.operation.layer.ReadLayer;
import entrepot.operation.layer.UploadLayerPart;
import entrepot.operation.repository.CreateRepository;
import entrepot.operation.repository.DeleteRepository;
import entrepot.operation.repository.DeleteRepositoryPolicy;
import entrepot.operation.repository.DescribeRepositories;
import entrepot.operation.repository.GetRepositoryPolicy;
import entrepot.operation.repository.ListTagsForResource;
import entrepot.operation.repository.PutImageScanningConfiguration;
import entrepot.operation.repository.PutImageTagMutability;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.operation.repository.SetRepositoryPolicy;
import entrepot.operation.repository.TagResource;
import entrepot.operation.repository.UntagResource;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.Reserve;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;

/// The map of what is served: every operation made once, and the surfaces that lead to them on one port.
final class Surfaces {

    /// As long as a link of ECR's to a layer.
    private static final Duration LINK_LIFETIME = Duration.ofHours(1);

    private final Config config;
    private final MetadataStore metadata;
    private final InstantSource clock;
    private final Limits limits;

    private final Reserve reserve;
    private final Operations operations;
    private final KnownKeys keys;
    private final Regions regions;
    private final ServerSecrets tokenSecrets;
    private final ServerSecrets linkSecrets;
    private final KeyUsage usage;
    private final RegistryTokens tokens;
    private final BlobLinks links;
    private final RegistryHosts hosts;
    private final IntSupplier port;
    private final Callers callers;
    private final RepositoryLookup repositories;
    private final LayerUploads uploads;

    private final PutImage putImage;
    private final BatchGetImage batchGetImage;
    private final BatchDeleteImage batchDeleteImage;
    private final ListImages listImages;
    private final ListImageReferrers listImageReferrers;
    private final DescribeRepositories describeRepositories;
    private final BatchCheckLayerAvailability batchCheckLayerAvailability;
    private final ReadLayer readLayer;
    private final InitiateLayerUpload initiateLayerUpload;
    private final UploadLayerPart uploadLayerPart;
    private final CompleteLayerUpload completeLayerUpload;

    /// What everything is made with.
    ///
    /// @param reserve of the disk, which what large requests bring leaves free
    record Means(
            MetadataStore metadata,
            BlobStore blobs,
            Reserve reserve,
            AuditTrail audit,
            KeyUsage usage,
            InstantSource clock) {}

    /// @param port the one that is listened on, once it is known
    Surfaces(Config config, Means means, IntSupplier port) {
        this.config = config;
        this.metadata = means.metadata();
        this.clock = means.clock();
        this.usage = means.usage();
        this.limits = config.limits();
        this.reserve = means.reserve();
        this.operations = new Operations(new Access(new KnownPolicies(metadata, clock), clock), means.audit());
        this.keys = new KnownKeys(metadata, clock);
        this.regions = new Regions(config.regions());
        this.tokenSecrets = secrets("registry-token-key", config.tokenLifetime());
        this.linkSecrets = secrets("blob-link-key", LINK_LIFETIME);
        this.tokens = new RegistryTokens(tokenSecrets, keys, config.tokenLifetime());
        this.links = new BlobLinks(linkSecrets, keys, LINK_LIFETIME);
        this.hosts = new RegistryHosts(scheme -> config.address(scheme, port.getAsInt()), config.publicHosts());
        this.port = port;
        this.callers = new Callers(hosts).counting(usage, clock);
        this.repositories = new RepositoryLookup(metadata, clock, config.createOnPush());
        this.uploads = new LayerUploads(metadata, means.blobs(), new OpenUploads());
        var rules = new PushRules(limits, config.sparseManifests(), reserve);
        this.putImage = new PutImage(repositories, metadata, clock, rules);
        this.batchGetImage = new BatchGetImage(metadata);
        this.batchDeleteImage = new BatchDeleteImage(metadata);
        this.listImages = new ListImages(metadata);
        this.listImageReferrers = new ListImageReferrers(metadata);
        this.describeRepositories = new DescribeRepositories(metadata);
        this.batchCheckLayerAvailability = new BatchCheckLayerAvailability(metadata);
        this.readLayer = new ReadLayer(metadata, means.blobs());
        this.initiateLayerUpload = new InitiateLayerUpload(repositories, uploads, clock, limits);
        this.uploadLayerPart = new UploadLayerPart(repositories, uploads, clock, limits);
        this.completeLayerUpload = new CompleteLayerUpload(repositories, uploads, clock, limits);
    }

    private ServerSecrets secrets(String name, Duration lifetime) {
        return new ServerSecrets(metadata, name, lifetime, clock, new SecureRandom());
    }

    /// All that sign, which must take turns.
    List<ServerSecrets> secrets() {
        return List.of(tokenSecrets, linkSecrets);
    }

    /// @param spools for bodies that must be proven before they are read, and for answers
    Router router(Spools spools) {
        var login = login();
        var identities = identities(spools);
        var astray = new Astray(identities, scheme -> config.address(scheme, port.getAsInt()));
        var sigV4 = new SigV4(keys, usage, regions, clock);
        return Router.empty()
                .with(
                        Router.exactly("GET", "/healthz"),
                        _ -> HttpResponse.of(200).withText("text/plain", "ok\n"))
                .with(Astray::isOnRegistry, astray)
                .with(
                        request -> config.anonymousPull() && request.path().equals(TokenEndpoint.PATH),
                        new TokenEndpoint(login, clock))
                .with(Router.under("/v2"), new OciEndpoint(login, operations, images(), limits, spools))
                .with(
                        request -> request.path().startsWith(BlobLinks.PREFIX),
                        new SignedLayers(links, hosts, operations, readLayer, clock))
                .with(QueryEndpoint::takes, identities)
                .with(Router.exactly("POST", "/"), new EcrEndpoint(sigV4, callers, operations, catalogue(), spools))
                .with(Astray::isOfAws, astray);
    }

    private OciOperations images() {
        return new OciOperations(
                putImage,
                batchGetImage,
                batchDeleteImage,
                listImages,
                listImageReferrers,
                describeRepositories,
                batchCheckLayerAvailability,
                readLayer,
                new DeleteLayer(metadata),
                new MountLayer(repositories, uploads.blobs(), operations.decisions(), clock),
                initiateLayerUpload,
                uploadLayerPart,
                completeLayerUpload,
                new DescribeLayerUpload(repositories, uploads),
                new CancelLayerUpload(repositories, uploads, clock));
    }

    private RegistryLogin login() {
        var passwords = new Passwords(tokens, keys, regions, config.basicAccessKeys());
        var challenges = new Challenges(hosts, config.registry(), config.anonymousPull());
        return new RegistryLogin(passwords, tokens, callers, challenges, operations, clock);
    }

    private QueryEndpoint identities(Spools spools) {
        var made = new IdentityOperations(metadata, new NewKeys(new SecureRandom()), usage, clock);
        var sigV4 = new SigV4(keys, usage, regions.withGlobal(), clock);
        return new QueryEndpoint(sigV4, callers, operations, spools, made.iam(), made.sts());
    }

    private Catalogue catalogue() {
        return new Catalogue(List.of(
                new GetAuthorizationToken(tokens, clock),
                new DescribeRegistry(),
                new GetAccountSetting(metadata),
                new PutAccountSetting(metadata),
                new CreateRepository(metadata, clock, limits),
                describeRepositories,
                new DeleteRepository(metadata, clock),
                new PutImageTagMutability(metadata),
                new PutImageScanningConfiguration(metadata),
                new ListTagsForResource(metadata),
                new SetRepositoryPolicy(metadata, clock),
                new GetRepositoryPolicy(metadata),
                new DeleteRepositoryPolicy(metadata),
                new PutRegistryPolicy(metadata),
                new GetRegistryPolicy(metadata),
                new DeleteRegistryPolicy(metadata),
                new TagResource(metadata, limits),
                new UntagResource(metadata),
                initiateLayerUpload,
                uploadLayerPart,
                completeLayerUpload,
                batchCheckLayerAvailability,
                new GetDownloadUrlForLayer(metadata, links, clock),
                putImage,
                batchGetImage,
                new DescribeImages(metadata),
                listImages,
                listImageReferrers,
                batchDeleteImage));
    }
}
