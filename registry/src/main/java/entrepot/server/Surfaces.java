package entrepot.server;

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
import entrepot.config.Config;
import entrepot.domain.Limits;
import entrepot.ecr.EcrEndpoint;
import entrepot.http.HttpResponse;
import entrepot.http.Router;
import entrepot.http.body.Spools;
import entrepot.iam.QueryEndpoint;
import entrepot.oci.Challenges;
import entrepot.oci.OciEndpoint;
import entrepot.oci.RegistryLogin;
import entrepot.oci.SignedLayers;
import entrepot.oci.TokenEndpoint;
import entrepot.operation.AuditTrail;
import entrepot.operation.Means;
import entrepot.operation.Operations;
import entrepot.store.MetadataStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;

/// The map of what is served: the surfaces that lead to every operation, on one port.
final class Surfaces {

    /// As long as a link of ECR's to a layer.
    private static final Duration LINK_LIFETIME = Duration.ofHours(1);

    private final Config config;
    private final MetadataStore metadata;
    private final InstantSource clock;
    private final Limits limits;

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
    private final Families families;

    /// What surfaces are made with.
    record Parts(Stores stores, AuditTrail audit, KeyUsage usage, InstantSource clock) {}

    /// @param port the one that is listened on, once it is known
    Surfaces(Config config, Parts parts, IntSupplier port) {
        this.config = config;
        this.metadata = parts.stores().metadata();
        this.clock = parts.clock();
        this.usage = parts.usage();
        this.limits = config.rules().limits();
        this.operations = new Operations(new Access(new KnownPolicies(metadata, clock), clock), parts.audit());
        this.keys = new KnownKeys(metadata, clock);
        this.regions = new Regions(config.registries().regions());
        this.tokenSecrets = secrets("registry-token-key", config.identities().tokenLifetime());
        this.linkSecrets = secrets("blob-link-key", LINK_LIFETIME);
        this.tokens = new RegistryTokens(tokenSecrets, keys, config.identities().tokenLifetime());
        this.links = new BlobLinks(linkSecrets, keys, LINK_LIFETIME);
        this.hosts = new RegistryHosts(
                scheme -> config.reach().address(scheme, port.getAsInt()),
                config.reach().publicHosts());
        this.port = port;
        this.callers = new Callers(hosts).counting(usage, clock);
        this.families = families(parts.stores());
    }

    private Families families(Stores opened) {
        var rules = new Means.Rules(
                limits, config.rules().createOnPush(), config.rules().sparseManifests());
        var credentials = new Means.Credentials(tokens, links, new NewKeys(new SecureRandom()), usage);
        var stores = new Means.Stores(metadata, opened.blobs(), opened.reserve());
        return Families.with(new Means(stores, clock, operations.decisions(), rules, credentials));
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
        var astray = new Astray(identities, scheme -> config.reach().address(scheme, port.getAsInt()));
        var sigV4 = new SigV4(keys, usage, regions, clock);
        return Router.empty()
                .with(
                        Router.exactly("GET", "/healthz"),
                        _ -> HttpResponse.of(200).withText("text/plain", "ok\n"))
                .with(Astray::isOnRegistry, astray)
                .with(
                        request -> config.identities().anonymousPull()
                                && request.path().equals(TokenEndpoint.PATH),
                        new TokenEndpoint(login, clock))
                .with(Router.under("/v2"), new OciEndpoint(login, operations, families.oci(), limits, spools))
                .with(request -> request.path().startsWith(BlobLinks.PREFIX), signedLayers())
                .with(QueryEndpoint::takes, identities)
                .with(Router.exactly("POST", "/"), new EcrEndpoint(sigV4, callers, operations, families.ecr(), spools))
                .with(Astray::isOfAws, astray);
    }

    private SignedLayers signedLayers() {
        return new SignedLayers(
                links, hosts, operations, families.oci().layers().readLayer(), clock);
    }

    private RegistryLogin login() {
        var passwords = new Passwords(tokens, keys, regions, config.identities().basicAccessKeys());
        var challenges = new Challenges(
                hosts, config.registries().home(), config.identities().anonymousPull());
        return new RegistryLogin(passwords, tokens, callers, challenges, operations, clock);
    }

    private QueryEndpoint identities(Spools spools) {
        var sigV4 = new SigV4(keys, usage, regions.withGlobal(), clock);
        return new QueryEndpoint(sigV4, callers, operations, spools, families.iam(), families.sts());
    }
}
