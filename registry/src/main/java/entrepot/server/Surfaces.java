package entrepot.server;

import entrepot.auth.Access;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.KnownPolicies;
import entrepot.auth.NewKeys;
import entrepot.auth.Regions;
import entrepot.auth.RegistryHosts;
import entrepot.auth.token.ServerSecrets;
import entrepot.aws.Calls;
import entrepot.config.Config;
import entrepot.console.Figures;
import entrepot.domain.Law;
import entrepot.http.Router;
import entrepot.http.body.Spools;
import entrepot.job.Fenced;
import entrepot.operation.AuditTrail;
import entrepot.operation.Means;
import entrepot.operation.Operations;
import entrepot.operation.PullTimes;
import entrepot.operation.cache.CacheMeans;
import entrepot.operation.cache.CacheOperations;
import entrepot.replication.Replicas;
import entrepot.scan.AttachedComponents;
import entrepot.signing.Profile;
import entrepot.signing.SigningMeans;
import entrepot.store.MetadataStore;
import entrepot.watch.Watch;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The map of what is served: the surfaces that lead to every operation, on one port.
final class Surfaces {

    private final Config config;
    private final IntSupplier port;
    private final Operations door;
    private final Proofs proofs;
    private final Signers signers;
    private final Families families;
    private final MetadataStore metadata;
    private final Figures figures;

    /// What surfaces are made with.
    ///
    /// @param elsewhere what the pull-through cache is made of
    /// @param figures that the console shows
    record Parts(
            Stores stores,
            AuditTrail audit,
            KeyUsage usage,
            PullTimes pulls,
            InstantSource clock,
            Watch watch,
            CacheMeans elsewhere,
            Figures figures) {}

    /// @param port the one that is listened on, once it is known
    Surfaces(Config config, Parts parts, IntSupplier port) {
        var metadata = parts.stores().metadata();
        var clock = parts.clock();
        this.metadata = metadata;
        this.figures = parts.figures();
        this.config = config;
        this.port = port;
        this.door = new Operations(new Access(new KnownPolicies(metadata, clock), clock), parts.audit(), parts.watch());
        var hosts = new RegistryHosts(
                scheme -> config.reach().address(scheme, port.getAsInt()),
                config.reach().publicHosts());
        var keys = new KnownKeys(metadata, clock);
        this.proofs =
                new Proofs(keys, parts.usage(), new Regions(config.registries().regions()), hosts, clock);
        this.signers = Signers.with(metadata, keys, clock, config.identities().tokenLifetime());
        this.families = families(parts);
    }

    /// What is done for who replicates, in transactions that hold the lease of who does it.
    Replicas replicas(Parts parts) {
        var means = means(parts, new Fenced(parts.stores().metadata()));
        return Replicas.with(means, door, Map.of(), new Replicas.Counts());
    }

    /// Stores what images are made of beside them; null where nobody asks for that.
    @Nullable
    AttachedComponents attached(Parts parts) {
        return config.rules().scanner().sbom()
                ? AttachedComponents.with(means(parts, parts.stores().metadata()))
                : null;
    }

    /// What signatures are made with, in transactions that hold the lease of who makes them.
    SigningMeans signing(Parts parts, List<Profile> profiles) {
        return SigningMeans.with(means(parts, new Fenced(parts.stores().metadata())), door, profiles);
    }

    private Families families(Parts parts) {
        return Families.with(means(parts, parts.stores().metadata()), parts.elsewhere());
    }

    private Means means(Parts parts, MetadataStore metadata) {
        var rules = new Means.Rules(
                config.rules().limits(),
                config.rules().createOnPush(),
                config.rules().sparseManifests(),
                config.rules().garbage(),
                config.rules().scanner(),
                config.rules().lifecycleInterval());
        var keys = new NewKeys(new SecureRandom());
        var credentials = new Means.Credentials(signers.tokens(), signers.links(), keys, parts.usage());
        var kept = new Means.Kept(
                metadata, parts.stores().vault(), parts.stores().reserve(), parts.pulls(), Changes.of(config));
        return new Means(kept, parts.clock(), door.decisions(), rules, credentials);
    }

    /// What other registries have, and goes on with what was not brought to its end.
    CacheOperations cache() {
        return families.cache();
    }

    /// All that sign, which must take turns.
    List<ServerSecrets> secrets() {
        return signers.secrets();
    }

    /// @param spools for bodies that must be proven before they are read, and for answers
    Router router(Spools spools) {
        var calls = new Calls(door, Law.ofJson(config.rules().compat()));
        var aws = new AwsRoutes(proofs, calls, families, spools);
        var registry = new RegistryRoutes(config, proofs, signers, door, families);
        var identities = aws.identities();
        var inJson = aws.inJson();
        var astray = new Astray(identities, inJson, scheme -> config.reach().address(scheme, port.getAsInt()));
        var first = Router.empty().with(Astray::isOnRegistry, astray);
        var served = AwsRoutes.after(registry.after(first, spools), identities, inJson);
        var console = new ConsoleRoute.Parts(config, proofs, signers, calls, families, metadata, figures);
        return ConsoleRoute.after(served, console, spools.memory()).with(Astray::isOfAws, astray);
    }
}
